package dev.refract.harness.config;

import dev.refract.harness.text.Secrets;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The short form of a captioner or answerer on the command line, `kind` or
/// `kind:key=value,key=value`, read by the same rules as the file:
/// `openai:base_url=http://gpu1:8000/v1,model=caprl-3b,temperature=0`. A dot in a key opens an
/// object: `extra_body.chat_template_kwargs.enable_thinking=false`.
public final class ModelSpecParser {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// The key of a value that is given without one, as in `file:captions.jsonl`.
  private static final Map<String, String> MAIN_KEYS =
      Map.of("file", "path", "java", "class", "gguf", "model");

  private ModelSpecParser() {}

  /// @param flag for messages, such as `--captioner`
  public static ModelSpec parse(String flag, String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String shown = flag + " " + Secrets.masked(text);
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<String, Object> spec = new LinkedHashMap<>();
    for (String pair : colon < 0 ? List.<String>of() : pairs(text.substring(colon + 1))) {
      int equals = pair.indexOf('=');
      if (equals < 0 && settings.isEmpty() && MAIN_KEYS.containsKey(kind)) {
        settings.put(MAIN_KEYS.get(kind), pair.strip());
        continue;
      } else if (equals < 1) {
        throw new ManifestException(
            "%s: expected key=value, found '%s'".formatted(shown, Secrets.masked(pair)));
      }
      String key = pair.substring(0, equals).strip();
      Object value = value(shown, key, pair.substring(equals + 1).strip());
      if (!put(key.equals("id") ? spec : settings, key, value)) {
        throw new ManifestException("%s: '%s' is given twice".formatted(shown, key));
      }
    }
    if (settings.get("of") instanceof String of) {
      settings.put("of", Map.of(of, Map.of())); // names a captioner without settings by its kind
    }
    spec.put(kind, settings);
    byte[] json = JSON.writeValueAsString(spec).getBytes(StandardCharsets.UTF_8);
    return StrictYaml.read(json, shown, ModelSpec.class);
  }

  /// The pairs between the commas; a comma inside brackets or quotes separates nothing.
  private static List<String> pairs(String text) {
    List<String> pairs = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (depth > 0 && c == '"' && text.charAt(i - 1) != '\\') {
        quoted = !quoted;
      } else if (!quoted && (c == '{' || c == '[') && (depth > 0 || isStart(text, i))) {
        depth++;
      } else if (!quoted && depth > 0 && (c == '}' || c == ']')) {
        depth--;
      } else if (depth == 0 && c == ',') {
        pairs.add(text.substring(from, i));
        from = i + 1;
      }
    }
    pairs.add(text.substring(from));
    return pairs;
  }

  /// Whether a bracket begins a value; elsewhere it is an ordinary character.
  private static boolean isStart(String text, int at) {
    return at > 0 && text.charAt(at - 1) == '=';
  }

  /// A text, or JSON where it begins with a bracket. Under a dotted key, which names a parameter
  /// that only the server knows, a number, `true` or `false` is one.
  private static Object value(String shown, String key, String text) {
    boolean structured = text.startsWith("{") || text.startsWith("[");
    boolean literal =
        key.indexOf('.') > 0
            && !key.startsWith("headers.")
            && !key.startsWith("query.")
            && text.matches("true|false|-?\\d{1,15}(\\.\\d{1,15})?");
    if (!structured && !literal) {
      return text;
    }
    try {
      return JSON.readValue(text, Object.class);
    } catch (JacksonException e) {
      throw new ManifestException(
          "%s: %s: not JSON: %s".formatted(shown, key, e.getOriginalMessage()));
    }
  }

  /// Puts a value under a key; each dot of the key opens an object.
  ///
  /// @return false when something is there
  @SuppressWarnings("unchecked")
  private static boolean put(Map<String, Object> into, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot <= 0) {
      return into.putIfAbsent(key, value) == null;
    }
    Object inner = into.computeIfAbsent(key.substring(0, dot), _ -> new LinkedHashMap<>());
    // A name with a dot inside an object that is given as JSON would be ambiguous.
    return inner instanceof LinkedHashMap<?, ?> map
        && put((Map<String, Object>) map, key.substring(dot + 1), value);
  }
}
