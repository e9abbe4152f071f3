package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// An LLM behind an OpenAI-compatible server.
public final class ChatAnswerer implements TextAnswerer {

  private final ChatModel model;
  private final boolean raw;

  /// @param raw whether the server accepts prompts with the chat template already applied
  public ChatAnswerer(ChatModel model, boolean raw) {
    this.model = model;
    this.raw = raw;
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public int concurrency() {
    return model.client().workerCount();
  }

  @Override
  public boolean takesRaw() {
    return raw;
  }

  @Override
  public ChatReply answer(AnswerPrompt prompt, int draw)
      throws RequestException, InterruptedException {
    return model
        .client()
        .send(
            prompt.raw()
                ? ChatRequest.raw(prompt.user(), model.sampling())
                : ChatRequest.of(prompt.system(), prompt.user(), model.sampling()));
  }

  @Override
  public ModelServer server() {
    return model.server();
  }

  @Override
  public void close() {
    model.client().close();
  }
}
