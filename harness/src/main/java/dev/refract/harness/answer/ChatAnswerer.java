package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.Sampling;
import java.util.Map;

/// An LLM behind an OpenAI-compatible server.
public final class ChatAnswerer implements Answerer {

  private final ChatClient client;
  private final Map<String, Object> identity;
  private final Sampling sampling;
  private final int concurrency;

  public ChatAnswerer(
      ChatClient client, Map<String, Object> identity, Sampling sampling, int concurrency) {
    this.client = client;
    this.identity = identity;
    this.sampling = sampling;
    this.concurrency = concurrency;
  }

  @Override
  public Map<String, Object> identity() {
    return identity;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public ChatReply answer(AnswerPrompt prompt) throws RequestException, InterruptedException {
    return client.send(new ChatRequest(prompt.system(), prompt.user(), null, sampling));
  }

  @Override
  public void close() {
    client.close();
  }
}
