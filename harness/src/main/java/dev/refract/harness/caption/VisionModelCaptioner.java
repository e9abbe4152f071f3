package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import java.util.List;
import java.util.Map;

/// A vision model behind an OpenAI-compatible server. The image's bytes go out as they are, as a
/// data URL whose type is told by its content.
public final class VisionModelCaptioner implements Captioner {

  private final ChatClient client;
  private final Map<String, Object> identity;
  private final Sampling sampling;
  private final ModelServer server;

  public VisionModelCaptioner(
      ChatClient client, Map<String, Object> identity, Sampling sampling, ModelServer server) {
    this.client = client;
    this.identity = identity;
    this.sampling = sampling;
    this.server = server;
  }

  @Override
  public Map<String, Object> identity() {
    return identity;
  }

  @Override
  public boolean varies() {
    return sampling.temperature() > 0;
  }

  @Override
  public boolean takesPrompt() {
    return true;
  }

  @Override
  public int concurrency() {
    return client.hands();
  }

  @Override
  public Caption caption(Picture picture) throws RequestException, InterruptedException {
    ChatReply reply =
        client.send(ChatRequest.seeing(List.of(picture.sent()), picture.prompt(), sampling));
    return Caption.of(reply);
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
