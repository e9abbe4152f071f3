package dev.refract.harness.journal;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Identifies a request: SHA-256 over canonical JSON (keys sorted) that includes a version. Equal
/// fingerprints mean the same request.
public final class Fingerprint {

  private static final int VERSION = 3;
  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  private static final TypeReference<LinkedHashMap<String, Object>> PARTS =
      new TypeReference<>() {};

  private Fingerprint() {}

  /// The part of a fingerprint for a model: captioner, answerer or judge.
  public static Map<String, Object> modelParts(ModelIdentity identity) {
    Map<String, Object> parts = RunJson.MAPPER.convertValue(identity.fingerprinted(), PARTS);
    parts.values().removeIf(Objects::isNull);
    return parts;
  }

  /// A judge's part of a fingerprint.
  public static Map<String, Object> judgeParts(RunRecord.Judge judge) {
    Map<String, Object> parts = modelParts(judge.model());
    parts.put("prompt", judge.prompt());
    return parts;
  }

  public static String of(String what, Map<String, Object> parts) {
    Map<String, Object> whole = new LinkedHashMap<>(parts);
    whole.put("version", VERSION);
    whole.put("what", what);
    return Sha256.of(CANONICAL.writeValueAsString(whole).getBytes(StandardCharsets.UTF_8));
  }
}
