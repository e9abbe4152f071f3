package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;

/// An LLM behind an OpenAI-compatible server.
public final class ChatAnswerer implements TextAnswerer {

  private final ChatClient client;
  private final ModelIdentity identity;
  private final Sampling sampling;
  private final ModelServer server;
  private final boolean raw;

  /// @param raw whether the server accepts prompts with the chat template already applied
  public ChatAnswerer(
      ChatClient client,
      ModelIdentity identity,
      Sampling sampling,
      boolean raw,
      ModelServer server) {
    this.client = client;
    this.identity = identity;
    this.sampling = sampling;
    this.server = server;
    this.raw = raw;
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public int concurrency() {
    return client.workerCount();
  }

  @Override
  public boolean takesRaw() {
    return raw;
  }

  @Override
  public ChatReply answer(AnswerPrompt prompt, int draw)
      throws RequestException, InterruptedException {
    return client.send(
        prompt.raw()
            ? ChatRequest.raw(prompt.user(), sampling)
            : ChatRequest.of(prompt.system(), prompt.user(), sampling));
  }

  @Override
  public ModelServer server() {
    return server;
  }

  @Override
  public void close() {
    client.close();
  }
}
