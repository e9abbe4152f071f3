package dev.refract.harness.answer;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.Pair;
import de.kherud.llama.args.LogFormat;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.Usage;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A small instruct LLM in this process: llama.cpp with the model's own chat template. It answers
/// one question at a time, so that the instruction and the caption stay in the KV cache for all
/// questions about that caption.
///
/// The weights stay loaded for the life of the process: closing the native model of this library
/// version (build 4916) waits for a thread that never ends.
public final class EmbeddedAnswerer implements TextAnswerer {

  private static final int CONTEXT_TOKENS = 8192;

  private final LlamaModel model;
  private final Sampling sampling;
  private final ModelIdentity identity;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable String cached;

  /// @param weights a GGUF file
  /// @param name name of the model in reports
  /// @param sha256 SHA-256 of the weights
  public EmbeddedAnswerer(Path weights, String name, String sha256, Sampling sampling) {
    this.sampling = sampling;
    this.identity =
        new ModelIdentity.Embedded(
            name,
            "sha256:" + sha256,
            "llama.cpp b4916",
            sampling.temperature(),
            sampling.topP(),
            sampling.repetitionPenalty(),
            sampling.maxTokens());
    int threads = Runtime.getRuntime().availableProcessors();
    PrintStream out = System.out;
    try (Unpacked _ = new Unpacked()) {
      System.setOut(new PrintStream(OutputStream.nullOutputStream())); // it prints where it unpacks
      LlamaModel.setLogger(LogFormat.TEXT, (_, _) -> {});
      model =
          new LlamaModel(
              new ModelParameters()
                  .setModel(weights.toString())
                  .setCtxSize(CONTEXT_TOKENS)
                  .setParallel(1)
                  .setThreads(threads)
                  .setThreadsBatch(threads)
                  .disableLog());
    } catch (RuntimeException | LinkageError e) {
      throw new ModelUnavailableException(
          "llama.cpp cannot load %s: %s (on Debian it needs the package libgomp1)"
              .formatted(weights, e.getMessage()));
    } finally {
      System.setOut(out);
    }
  }

  /// A private folder for the native library: it unpacks under a fixed name, and two processes must
  /// not write the same file at once. The file is no longer needed once it is loaded.
  private static final class Unpacked implements AutoCloseable {

    private static final String NATIVE_FOLDER_PROPERTY = "de.kherud.llama.tmpdir";

    private final Path folder;

    Unpacked() {
      try {
        folder = Files.createTempDirectory("refract-llama");
        System.setProperty(NATIVE_FOLDER_PROPERTY, folder.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
        Files.delete(folder);
      } catch (IOException _) {
        // Windows locks a loaded library; the system's temp clean-up removes it later
      }
    }
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public boolean takesRaw() {
    return false;
  }

  @Override
  public ModelServer server() {
    return ModelServer.NONE;
  }

  @Override
  public ChatReply answer(AnswerPrompt prompt, int draw)
      throws RequestException, InterruptedException {
    turn.lockInterruptibly();
    try {
      String text = rendered(prompt);
      int tokens = model.encode(text).length;
      int most = sampling.maxTokens();
      if (tokens + most > CONTEXT_TOKENS) {
        throw new RequestException(
            FailureKind.CONTEXT,
            "the caption is too long for the embedded model: %d tokens, at most %d"
                .formatted(tokens, CONTEXT_TOKENS - most));
      }
      int end = text.indexOf(prompt.caption());
      String shared = end < 0 ? "" : text.substring(0, end + prompt.caption().length());
      if (!shared.isEmpty() && !shared.equals(cached)) {
        // The caption is always evaluated separately, so that a reply does not depend on which
        // question comes first.
        model.complete(drawn(shared, 0).setNPredict(0));
        cached = shared;
      }
      String reply = model.complete(drawn(text, draw).setNPredict(most)).strip();
      return ChatReply.of(reply).with(new Usage(tokens, null, model.encode(reply).length, null));
    } catch (RuntimeException e) {
      cached = null;
      throw new RequestException(FailureKind.MODEL, "the embedded model failed: " + e.getMessage());
    } finally {
      turn.unlock();
    }
  }

  private String rendered(AnswerPrompt prompt) {
    List<Pair<String, String>> turns = List.of(new Pair<>("user", prompt.user()));
    return model.applyTemplate(
        new InferenceParameters("").setMessages(prompt.system(), turns).setUseChatTemplate(true));
  }

  /// The draw number is the seed, so that the same draw gives the same reply.
  private InferenceParameters drawn(String prompt, int draw) {
    return new InferenceParameters(prompt)
        .setTemperature((float) sampling.temperature())
        .setTopP((float) sampling.topP())
        .setTopK(0) // llama.cpp's defaults would cut the tail of the distribution
        .setMinP(0)
        .setRepeatPenalty((float) sampling.repetitionPenalty())
        .setSeed(draw)
        .setCachePrompt(true);
  }
}
