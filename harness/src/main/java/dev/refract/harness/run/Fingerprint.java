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

  private static final int VERSION = 2;
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Fingerprint() {}

  static String of(String what, Map<String, Object> parts) {
    Map<String, Object> whole = new LinkedHashMap<>(parts);
    whole.put("version", VERSION);
    whole.put("what", what);
    return Sha256.of(CANONICAL.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
  }
}
