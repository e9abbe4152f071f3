package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The control that leaves the caption out: a vision model answers from the image itself. What a
/// captioner of the same model stays below it is what its words lose.
public final class DirectCaptioner implements Captioner {

  private final ChatClient client;
  private final Map<String, Object> model;
  private final Sampling sampling;
  private final ModelServer server;

  /// @param model identity of the vision model
  public DirectCaptioner(
      ChatClient client, Map<String, Object> model, Sampling sampling, ModelServer server) {
    this.client = client;
    this.model = model;
    this.sampling = sampling;
    this.server = server;
  }

  @Override
  public Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("kind", "direct");
    identity.put("of", model);
    return identity;
  }

  /// Who answers: the vision model.
  public Map<String, Object> answerer() {
    return model;
  }

  @Override
  public int concurrency() {
    return client.hands();
  }

  /// Says nothing, since nobody will read it.
  @Override
  public Caption caption(Picture picture) {
    return Caption.of("");
  }

  /// @param pictures whose prompts are not looked at
  /// @throws RequestException when there is no reply, with the reason
  public ChatReply answer(List<Picture> pictures, String text)
      throws RequestException, InterruptedException {
    List<ChatRequest.Picture> sent = new ArrayList<>();
    for (Picture picture : pictures) {
      sent.add(picture.sent());
    }
    return client.send(ChatRequest.seeing(sent, text, sampling));
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
