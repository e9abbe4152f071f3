package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.util.List;

/// A vision model behind an OpenAI-compatible server. The image is sent byte for byte as a data
/// URL; its media type is detected from the content.
public final class VisionModelCaptioner implements Captioner {

  private final ChatClient client;
  private final ModelIdentity identity;
  private final Sampling sampling;
  private final ModelServer server;

  public VisionModelCaptioner(
      ChatClient client, ModelIdentity identity, Sampling sampling, ModelServer server) {
    this.client = client;
    this.identity = identity;
    this.sampling = sampling;
    this.server = server;
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelIdentity describes() {
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
    return client.workerCount();
  }

  @Override
  public Caption caption(InputImage image) throws RequestException, InterruptedException {
    ChatReply reply =
        client.send(ChatRequest.seeing(List.of(image.encoded()), image.prompt(), sampling));
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
