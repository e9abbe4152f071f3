package dev.refract.harness.config;

import dev.refract.harness.answer.EmbeddedAnswerer;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.GgufCaptioner;
import dev.refract.harness.config.ModelSpec.Embedded;
import dev.refract.harness.config.ModelSpec.Gguf;
import dev.refract.harness.config.ModelSpec.GgufSampling;
import dev.refract.harness.engine.LlamaCpp;
import dev.refract.harness.engine.LlamaCppFinder;
import dev.refract.harness.engine.LlamaServer;
import dev.refract.harness.engine.LlamaServer.Model;
import dev.refract.harness.model.GgufFiles;
import dev.refract.harness.model.GgufFiles.Weights;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Models that llama.cpp runs on this machine. Weights and llama.cpp are fetched if they are
/// missing; no model is loaded before its first request.
///
/// @param environment environment variables, for a llama.cpp of the user's own and the hub
record LocalModels(
    ModelStore models, Map<String, String> environment, CancellationToken cancellation) {

  private static final int CONTEXT_TOKENS = 8192;
  private static final int MAX_CONTEXT_TOKENS = 1 << 20;
  private static final int MAX_SLOTS = 256;

  TextAnswerer embedded(Embedded embedded, Sampling sampling) throws InterruptedException {
    LlamaCpp program = program();
    ModelManifest model =
        ModelFactory.model(embedded.model() == null ? ModelCatalog.DEFAULT : embedded.model());
    Model served = new Model(models.fetch(model), null, CONTEXT_TOKENS, slots(embedded.slots()));
    return new EmbeddedAnswerer(
        server(program, served),
        sampling,
        identity(program, model.id(), "sha256:" + model.sha256(), served, sampling));
  }

  TextAnswerer answerer(Gguf gguf, Sampling usual) throws InterruptedException {
    if (gguf.mmproj() != null) {
      throw new ManifestException(
          "mmproj: an answerer sees no image; expected none, found '%s'".formatted(gguf.mmproj()));
    }
    LlamaCpp program = program();
    Sampling sampling = sampling(gguf.sampling(), usual);
    Weights weights = files().weights("model", gguf.model());
    Model served = new Model(weights.file(), null, context(gguf), slots(gguf.slots()));
    return new EmbeddedAnswerer(
        server(program, served),
        sampling,
        identity(program, weights.name(), weights.digest(), served, sampling));
  }

  Captioner captioner(Gguf gguf, Sampling usual) throws InterruptedException {
    LlamaCpp program = program();
    Sampling sampling = sampling(gguf.sampling(), usual);
    Weights weights = files().weights("model", gguf.model());
    Weights projector = files().weights("mmproj", gguf.mmproj());
    Model served = new Model(weights.file(), projector.file(), context(gguf), slots(gguf.slots()));
    String digests = weights.digest() + "+" + projector.digest();
    return new GgufCaptioner(
        server(program, served),
        sampling,
        identity(program, weights.name(), digests, served, sampling));
  }

  private LlamaCpp program() throws InterruptedException {
    return new LlamaCppFinder(environment, models).find();
  }

  private GgufFiles files() {
    return new GgufFiles(models, environment);
  }

  private LlamaServer server(LlamaCpp program, Model model) {
    return new LlamaServer(program, model, cancellation);
  }

  /// With several slots the sums of a reply depend on what is computed beside it, so that their
  /// number belongs to the engine.
  private static ModelIdentity.Embedded identity(
      LlamaCpp program, String name, String digest, Model served, Sampling sampling) {
    return new ModelIdentity.Embedded(
        name,
        digest,
        served.slots() == 1
            ? program.version()
            : "%s, %d slots".formatted(program.version(), served.slots()),
        sampling.temperature(),
        sampling.topP(),
        sampling.repetitionPenalty(),
        sampling.maxTokens());
  }

  private static int context(Gguf gguf) {
    return (int)
        Numbers.within("context", doubled(gguf.context()), CONTEXT_TOKENS, 64, MAX_CONTEXT_TOKENS);
  }

  private static int slots(@Nullable Integer slots) {
    return (int) Numbers.within("slots", doubled(slots), 1, 1, MAX_SLOTS);
  }

  private static @Nullable Double doubled(@Nullable Integer number) {
    return number == null ? null : Double.valueOf(number);
  }

  private static Sampling sampling(GgufSampling given, Sampling usual) {
    return new Sampling(
        Numbers.within("temperature", given.temperature(), usual.temperature(), 0, 100),
        Numbers.within("top_p", given.topP(), usual.topP(), 0, 1),
        Numbers.within(
            "repetition_penalty", given.repetitionPenalty(), usual.repetitionPenalty(), 0, 100),
        (int) Numbers.positive("max_tokens", given.maxTokens(), usual.maxTokens()));
  }
}
