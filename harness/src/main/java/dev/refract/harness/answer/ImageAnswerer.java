package dev.refract.harness.answer;

import dev.refract.harness.caption.InputImage;
import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;
import java.util.ArrayList;
import java.util.List;

/// The control `direct`: a vision model that answers from the image itself. The difference from the
/// same model as a captioner is the information lost in the caption.
public final class ImageAnswerer implements Answerer {

  private final ChatModel model;

  public ImageAnswerer(ChatModel model) {
    this.model = model;
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
  public ModelServer server() {
    return model.server();
  }

  /// @param images the images; their caption prompts are ignored
  /// @throws RequestException when the request fails, with the reason
  public ChatReply answer(List<InputImage> images, String question)
      throws RequestException, InterruptedException {
    List<ChatRequest.EncodedImage> encoded = new ArrayList<>();
    for (InputImage image : images) {
      encoded.add(image.encoded(model.images()));
    }
    return model.client().send(ChatRequest.seeing(encoded, question, model.sampling()));
  }

  @Override
  public void close() {
    model.client().close();
  }
}
