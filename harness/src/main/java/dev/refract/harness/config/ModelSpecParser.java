package dev.refract.harness.config;

import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The short form of a captioner or answerer on the command line, `kind` or
/// `kind:key=value,key=value`, read by the same rules as the file:
/// `openai:base_url=http://gpu1:8000/v1,model=caprl-3b,temperature=0`.
public final class ModelSpecParser {

  private ModelSpecParser() {}

  /// @param flag for messages, such as `--captioner`
  public static ModelSpec parse(String flag, String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<String, Object> spec = new LinkedHashMap<>();
    for (String pair : colon < 0 ? new String[0] : text.substring(colon + 1).split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new ManifestException(
            "%s %s: expected key=value, found '%s'".formatted(flag, text, pair));
      }
      String key = pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      Object old = (key.equals("id") ? spec : settings).put(key, value);
      if (old != null) {
        throw new ManifestException("%s %s: '%s' is given twice".formatted(flag, text, key));
      }
    }
    if (settings.get("of") instanceof String of) {
      settings.put("of", Map.of(of, Map.of())); // names a captioner without settings by its kind
    }
    spec.put(kind, settings);
    byte[] json =
        JsonMapper.builder().build().writeValueAsString(spec).getBytes(StandardCharsets.UTF_8);
    return StrictYaml.read(json, flag + " " + text, ModelSpec.class);
  }
}
