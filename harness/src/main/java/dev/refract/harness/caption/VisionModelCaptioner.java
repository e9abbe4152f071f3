package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;
import java.util.List;

/// A vision model behind an OpenAI-compatible server. The image is sent byte for byte as a data
/// URL; its media type is detected from the content.
public final class VisionModelCaptioner implements Captioner {

  private final ChatModel model;

  public VisionModelCaptioner(ChatModel model) {
    this.model = model;
  }

  @Override
  public ModelIdentity identity() {
    return model.identity();
  }

  @Override
  public ModelIdentity describes() {
    return model.identity();
  }

  @Override
  public boolean varies() {
    return model.sampling().temperature() > 0;
  }

  @Override
  public boolean takesPrompt() {
    return true;
  }

  @Override
  public int concurrency() {
    return model.client().workerCount();
  }

  @Override
  public Caption caption(InputImage image) throws RequestException, InterruptedException {
    ChatReply reply =
        model
            .client()
            .send(
                ChatRequest.seeing(
                    List.of(image.encoded(model.images())), image.prompt(), model.sampling()));
    return Caption.of(reply);
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
