package dev.refract.harness.ocr;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.harness.ocr.OnnxNetwork.Tensor;
import dev.refract.manifest.ModelCatalog;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
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
  public static final String IDENTITY = "pp-ocrv6-small/rapidocr-3.10.0/reader-2";

  private final OnnxNetwork detection;
  private final OnnxNetwork recognition;
  private final BlockingQueue<Reader> readers = new LinkedBlockingQueue<>();
  private final ExecutorService threads;

  /// @param models where its networks are; they are fetched if they are missing
  /// @param parallelism number of images read concurrently, at least 1
  /// @throws ModelUnavailableException when they cannot be fetched
  public OcrEngine(ModelStore models, int parallelism) throws InterruptedException {
    detection = new OnnxNetwork(models.fetch(ModelCatalog.ocr(ModelCatalog.TEXT_DETECTOR)));
    Path recognizer = models.fetch(ModelCatalog.ocr(ModelCatalog.TEXT_RECOGNIZER));
    recognition = new OnnxNetwork(recognizer);
    List<String> characters = OnnxNetwork.characters(recognizer);
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
