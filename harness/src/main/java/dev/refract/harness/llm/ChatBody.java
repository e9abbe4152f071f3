package dev.refract.harness.llm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import tools.jackson.databind.json.JsonMapper;

/// The body of a chat request: JSON around an image that is encoded once and never passes through a
/// JSON encoder. It can be sent again, and its length is known beforehand.
final class ChatBody extends AbstractHttpEntity {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HOLE = "@image@";

  private final List<byte[]> parts;

  private ChatBody(List<byte[]> parts) {
    super(ContentType.APPLICATION_JSON, null);
    this.parts = parts;
  }

  static ChatBody of(String model, ChatRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    ChatRequest.Picture picture = request.picture();
    if (picture != null) {
      // First, so that the hole is found at a place that no text of a user can imitate.
      body.put(
          "messages", messages(request, "data:" + picture.format().mime() + ";base64," + HOLE));
    } else {
      body.put("messages", messages(request, null));
    }
    Sampling sampling = request.sampling();
    body.put("temperature", sampling.temperature());
    body.put("top_p", sampling.topP());
    if (sampling.repetitionPenalty() != 1) {
      body.put("repetition_penalty", sampling.repetitionPenalty());
    }
    body.put("max_tokens", sampling.maxTokens());
    body.put("stream", false);
    String json = JSON.writeValueAsString(body);
    if (picture == null) {
      return new ChatBody(List.of(utf8(json)));
    }
    int hole = json.indexOf(";base64," + HOLE) + ";base64,".length();
    return new ChatBody(
        List.of(
            utf8(json.substring(0, hole)),
            Base64.getEncoder().encode(picture.bytes()),
            utf8(json.substring(hole + HOLE.length()))));
  }

  private static List<Map<String, Object>> messages(
      ChatRequest request, @org.jspecify.annotations.Nullable String image) {
    List<Map<String, Object>> messages = new java.util.ArrayList<>();
    String system = request.system();
    if (system != null) {
      messages.add(message("system", system));
    }
    if (image == null) {
      messages.add(message("user", request.text()));
    } else {
      Map<String, Object> picture = new LinkedHashMap<>();
      picture.put("type", "image_url");
      picture.put("image_url", Map.of("url", image));
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("type", "text");
      text.put("text", request.text());
      messages.add(message("user", List.of(picture, text)));
    }
    return messages;
  }

  private static Map<String, Object> message(String role, Object content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public boolean isStreaming() {
    return false;
  }

  @Override
  public long getContentLength() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  @Override
  public InputStream getContent() {
    return new SequenceInputStream(
        Collections.enumeration(parts.stream().map(ByteArrayInputStream::new).toList()));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (byte[] part : parts) {
      out.write(part);
    }
  }

  @Override
  public void close() {}
}
