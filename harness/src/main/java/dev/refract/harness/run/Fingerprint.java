package dev.refract.harness.run;

import dev.refract.harness.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What makes two requests the same request: SHA-256 over canonical JSON (keys sorted) that begins
/// with a version.
final class Fingerprint {

  private static final int VERSION = 3;
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Fingerprint() {}

  /// What a model is known by: where the digest of its weights is declared, not where it is served.
  static Map<String, Object> model(Map<String, Object> identity) {
    Map<String, Object> known = new LinkedHashMap<>(identity);
    if (identity.containsKey("checkpoint")) {
      known.remove("base_url");
    }
    if (identity.get("of") instanceof Map<?, ?> of) {
      Map<String, Object> nested = new LinkedHashMap<>();
      of.forEach((key, value) -> nested.put(String.valueOf(key), value));
      known.put("of", model(nested));
    }
    return known;
  }

  static String ofModel(Map<String, Object> identity) {
    return of("model", model(identity));
  }

  /// Whether the same identity means the same weights: a server's name alone does not.
  static boolean isKnownByWeights(Map<String, Object> identity) {
    return !"openai".equals(identity.get("kind")) || identity.containsKey("checkpoint");
  }

  static String of(String what, Map<String, Object> parts) {
    Map<String, Object> whole = new LinkedHashMap<>(parts);
    whole.put("version", VERSION);
    whole.put("what", what);
    return Sha256.of(CANONICAL.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
  }
}
