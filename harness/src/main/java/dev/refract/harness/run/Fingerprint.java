package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What makes two requests the same request: SHA-256 over canonical JSON (keys sorted) that begins
/// with a version.
final class Fingerprint {

  private static final int VERSION = 1;
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Fingerprint() {}

  /// Of a reply: the exact prompt, the sampling and the answerer's identity.
  static String answer(
      Map<String, Object> answerer,
      Protocol protocol,
      AnswerPrompt prompt,
      String dataset,
      String question) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("answerer", answerer);
    parts.put("sampling", protocol.answerSampling());
    parts.put("prompt", prompt);
    // Two questions with one text are still asked, and kept, apart.
    parts.put("dataset", dataset);
    parts.put("question", question);
    return of("answer", parts);
  }

  static String of(String what, Map<String, Object> parts) {
    Map<String, Object> whole = new LinkedHashMap<>(parts);
    whole.put("version", VERSION);
    whole.put("what", what);
    return Sha256.of(CANONICAL.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
  }
}
