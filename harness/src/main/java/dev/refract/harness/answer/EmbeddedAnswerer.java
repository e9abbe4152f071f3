package dev.refract.harness.answer;

import dev.refract.harness.engine.LlamaServer;
import dev.refract.harness.engine.Slots;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An instruct LLM on this machine, with the model's own chat template.
///
/// A reply does not depend on which question came before: sums of floating-point numbers change
/// with the number of tokens that are evaluated together, so what all prompts share and then the
/// caption are always evaluated on their own first, and each question begins with the cache as it
/// was then. llama.cpp alone would keep whatever two prompts happen to have in common.
public final class EmbeddedAnswerer implements TextAnswerer {

  private final LlamaServer server;
  private final Sampling sampling;
  private final ModelIdentity identity;
  private final Slots slots;

  /// @param identity engine, weights and sampling
  public EmbeddedAnswerer(LlamaServer server, Sampling sampling, ModelIdentity.Embedded identity) {
    this.server = server;
    this.sampling = sampling;
    this.identity = identity;
    this.slots = new Slots(server.slots());
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public int concurrency() {
    return server.slots();
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
    String prefix = prompt.system() + "\n" + prompt.shared();
    Slots.Slot slot = slots.take(prefix);
    @Nullable String evaluated = null;
    try {
      ChatReply reply =
          server.send(
              slot.id(),
              List.of(
                  ChatRequest.of(prompt.system(), prompt.lead(), sampling),
                  ChatRequest.of(prompt.system(), prompt.shared(), sampling)),
              // The draw number is the seed, so that the same draw gives the same reply.
              ChatRequest.of(prompt.system(), prompt.user(), sampling).with(Map.of("seed", draw)));
      evaluated = prefix;
      return reply;
    } finally {
      slots.give(slot, evaluated);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
