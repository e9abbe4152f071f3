package dev.refract.harness.llm;

import dev.refract.harness.pace.TokenEstimate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import tools.jackson.databind.json.JsonMapper;

/// The body of a request: JSON around base64 images, which are encoded once and never pass through
/// a JSON encoder. It can be sent repeatedly, and its length is known in advance.
final class ChatBody extends AbstractHttpEntity {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String IMAGE_PLACEHOLDER = "@image@";

  private final List<byte[]> parts;
  private final long length;
  private final TokenEstimate tokens;

  private ChatBody(List<byte[]> parts, TokenEstimate tokens) {
    super(ContentType.APPLICATION_JSON, null);
    this.parts = parts;
    this.tokens = tokens;
    this.length = parts.stream().mapToLong(part -> part.length).sum();
  }

  TokenEstimate tokens() {
    return tokens;
  }

  /// @param streaming whether to request a streamed reply
  static ChatBody of(String model, RequestForm form, ChatRequest request, boolean streaming) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    if (request.raw()) {
      body.put("prompt", request.text());
    } else {
      body.put("messages", messages(request));
    }
    body.putAll(form.parameters(request.sampling(), streaming));
    body.putAll(request.extra());
    String json = JSON.writeValueAsString(body);
    // Images precede the user's text, so the first placeholders of the user's turn are the real
    // ones. No text can contain the mark of that turn: its quotes would be escaped.
    List<byte[]> parts = new ArrayList<>();
    int from = Math.max(0, json.indexOf("\"role\":\"user\""));
    int written = 0;
    for (ChatRequest.EncodedImage image : request.images()) {
      int hole =
          json.indexOf(start(image) + IMAGE_PLACEHOLDER, Math.max(from, written))
              + start(image).length();
      parts.add(utf8(json.substring(written, hole)));
      parts.add(image.encoded());
      written = hole + IMAGE_PLACEHOLDER.length();
    }
    parts.add(utf8(json.substring(written)));
    String system = request.system();
    long chars = request.text().length() + (system == null ? 0 : system.length());
    return new ChatBody(parts, TokenEstimate.of(chars, request.images().size()));
  }

  private static String start(ChatRequest.EncodedImage image) {
    return "data:" + image.format().mime() + ";base64,";
  }

  private static List<Map<String, Object>> messages(ChatRequest request) {
    List<Map<String, Object>> messages = new ArrayList<>();
    String system = request.system();
    if (system != null) {
      messages.add(message("system", system));
    }
    if (request.images().isEmpty()) {
      messages.add(message("user", request.text()));
    } else {
      List<Map<String, Object>> content = new ArrayList<>();
      for (ChatRequest.EncodedImage image : request.images()) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("type", "image_url");
        part.put("image_url", Map.of("url", start(image) + IMAGE_PLACEHOLDER));
        content.add(part);
      }
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("type", "text");
      text.put("text", request.text());
      content.add(text);
      messages.add(message("user", content));
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
    return length;
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
