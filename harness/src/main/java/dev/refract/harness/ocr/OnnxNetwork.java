package dev.refract.harness.ocr;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.harness.os.NativeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A network with one input and one output in ONNX Runtime, through DJL. Each predictor may be used
/// by one thread only.
final class OnnxNetwork implements AutoCloseable {

  static {
    // Must run before any DJL class loads: its engines query cloud metadata servers, and no request
    // may leave this machine.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    // ONNX Runtime sends usage events to its vendor unless this is set before it is loaded.
    NativeProcess.setEnvironment("ORT_DISABLE_TELEMETRY", "1");
  }

  private final Model model;

  OnnxNetwork(Path file) {
    model = runtime(file.getFileName().toString());
    try (InputStream bytes = Files.newInputStream(file)) {
      // One thread per call: images run in parallel, and no sum depends on the number of threads.
      model.load(bytes, Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MalformedModelException e) {
      throw new IllegalStateException(file + " is not an ONNX network", e);
    }
  }

  /// The classes of a recogniser after the blank, which its file names; the last one is a space.
  static List<String> characters(Path recognizer) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(recognizer.toString(), options)) {
        String names = session.getMetadata().getCustomMetadata().get("character");
        if (names == null) {
          throw new IllegalStateException(recognizer + " does not name its characters");
        }
        return List.of(names.split("\n", -1));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(recognizer + " cannot be read", e);
    }
  }

  /// @throws ModelUnavailableException when the native library cannot be loaded
  private static Model runtime(String name) {
    try {
      return Model.newInstance(name, "OnnxRuntime");
    } catch (LinkageError | EngineException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new ModelUnavailableException(
          "ONNX Runtime, which reads text for the captioner 'ocr', cannot be loaded: %s; it unpacks"
                  .formatted(cause)
              + " itself into %s, which must exist and allow programs (-Djava.io.tmpdir in JAVA_TOOL_OPTIONS names another folder)"
                  .formatted(System.getProperty("java.io.tmpdir")));
    }
  }

  Predictor<Tensor, Tensor> predictor() {
    return model.newPredictor(new PlainTensors());
  }

  @Override
  public void close() {
    model.close();
  }

  /// @param values row-major
  record Tensor(float[] values, long... shape) {}

  private static final class PlainTensors implements Translator<Tensor, Tensor> {

    @Override
    public NDList processInput(TranslatorContext context, Tensor input) {
      return new NDList(context.getNDManager().create(input.values, new Shape(input.shape)));
    }

    @Override
    public Tensor processOutput(TranslatorContext context, NDList list) {
      NDArray output = list.head();
      return new Tensor(output.toFloatArray(), output.getShape().getShape());
    }

    @Override
    public @org.jspecify.annotations.Nullable Batchifier getBatchifier() {
      return null; // the tensors already have a batch dimension
    }
  }
}
