package dev.refract.harness.engine;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.model.ModelStore;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.harness.os.CancellationToken;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.nio.file.Path;

/// A vision model of the class of CapRL-3B with random weights, 1.2 MB: its words mean nothing, but
/// llama.cpp runs it like any other. Made by `src/test/python/tiny_vision_model.py`.
///
/// @param weights the text model
/// @param projector the vision model
public record TinyModel(Path weights, Path projector) {

  private static final Path SCRIPT =
      Path.of("src/test/python/tiny_vision_model.py").toAbsolutePath();

  /// Skips the test, visibly, where there is no Python 3.
  public static TinyModel in(Path folder) throws Exception {
    boolean made;
    try {
      made =
          new ProcessBuilder("python3", SCRIPT.toString(), folder.toString())
                  .redirectErrorStream(true)
                  .redirectOutput(folder.resolve("made.txt").toFile())
                  .start()
                  .waitFor()
              == 0;
    } catch (java.io.IOException _) {
      made = false;
    }
    assumeThat(made).as("Python 3 makes a tiny model").isTrue();
    return new TinyModel(folder.resolve("model.gguf"), folder.resolve("mmproj.gguf"));
  }

  /// The llama.cpp of this machine; skips the test, visibly, where none can be had.
  public static LlamaCpp program() throws Exception {
    try {
      return new LlamaCppFinder(System.getenv(), ModelStore.ofUser(System.err)).find();
    } catch (ModelUnavailableException e) {
      assumeThat(e).as("llama.cpp can be had").isNull();
      throw e;
    }
  }

  public LlamaServer server(int slots, boolean seeing) throws Exception {
    return new LlamaServer(
        program(),
        new LlamaServer.Model(weights, seeing ? projector : null, 2048, slots),
        new CancellationToken());
  }

  public static ModelIdentity.Embedded identity(Sampling sampling) {
    return new ModelIdentity.Embedded(
        "tiny",
        "sha256:x",
        "llama.cpp",
        sampling.temperature(),
        sampling.topP(),
        sampling.repetitionPenalty(),
        sampling.maxTokens());
  }
}
