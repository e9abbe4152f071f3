package dev.refract.harness.llm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;
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

  static ChatBody of(Endpoint endpoint, ChatRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", endpoint.model());
    ChatRequest.Picture picture = request.picture();
    body.put("messages", messages(request, picture == null ? null : start(picture) + HOLE));
    Sampling sampling = request.sampling();
    body.put("temperature", sampling.temperature());
    body.put("top_p", sampling.topP());
    switch (endpoint.dialect()) {
      case VLLM -> {
        body.put("repetition_penalty", sampling.repetitionPenalty());
        body.put("max_tokens", sampling.maxTokens());
      }
      case OPENAI -> body.put("max_completion_tokens", sampling.maxTokens());
    }
    body.put("stream", false);
    String json = JSON.writeValueAsString(body);
    if (picture == null) {
      return new ChatBody(List.of(utf8(json)));
    }
    // The picture stands before every text of the user, so the first hole is the hole.
    int hole = json.indexOf(start(picture) + HOLE) + start(picture).length();
    return new ChatBody(
        List.of(
            utf8(json.substring(0, hole)),
            Base64.getEncoder().encode(picture.bytes()),
            utf8(json.substring(hole + HOLE.length()))));
  }

  private static String start(ChatRequest.Picture picture) {
    return "data:" + picture.format().mime() + ";base64,";
  }

  private static List<Map<String, Object>> messages(ChatRequest request, @Nullable String image) {
    List<Map<String, Object>> messages = new ArrayList<>();
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
