package dev.refract.manifest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Strict reading of YAML into records: an unknown or duplicate key or an invalid value is an error
/// with file, line and, where there is one, the nearest known name.
public final class StrictYaml {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /// Parts of the library's messages that name Java classes; they mean nothing to users.
  private static final Pattern INSIDE =
      Pattern.compile(
          "Cannot construct instance of `[^`]*`, problem: |(?:value )?of type"
              + " `[^`]*`|`(?:java|dev)\\.[^`]*`");

  /// A key within this edit distance of a missing key is treated as its misspelling.
  private static final int MAX_TYPOS = 2;

  private StrictYaml() {}

  /// @param name file name, for messages
  /// @throws ManifestException when the text is not YAML or does not match the type
  public static <T> T read(byte[] text, String name, Class<T> type) {
    String decoded = decoded(text, name);
    if (decoded.isBlank()) {
      throw new ManifestException(name + ":1: the file is empty");
    }
    try {
      T value = YAML.readValue(decoded, type);
      if (value == null) {
        throw new ManifestException(name + ":1: the file is empty");
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      String key = e.getPropertyName();
      throw new ManifestException(
          "%s:%d: '%s' is unknown%s"
              .formatted(
                  name, lineOf(key, text), key, didYouMean(keys(e.getReferringClass()), key)));
    } catch (InvalidFormatException e) {
      throw new ManifestException("%s:%d: %s".formatted(name, lineOf(e, text), invalid(e)));
    } catch (DatabindException e) {
      throw checked(e, name, text);
    } catch (JacksonException e) {
      throw new ManifestException("%s:%d: not YAML: %s".formatted(name, line(e), firstLine(e)));
    }
  }

  /// Decoded here: the library's own decoder fails where a character of two units stands at the end
  /// of its buffer.
  private static String decoded(byte[] text, String name) {
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
    } catch (CharacterCodingException _) {
      throw new ManifestException(name + ":1: not YAML: the file is not UTF-8");
    }
  }

  /// The YAML keys of a record, including those of its unwrapped parts.
  private static List<String> keys(@Nullable Class<?> type) {
    List<String> keys = new ArrayList<>();
    if (type != null && type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
          keys.addAll(keys(component.getType()));
        } else {
          keys.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        }
      }
    }
    return keys;
  }

  /// The error for a value that a record's constructor rejected. It names the line of the key in
  /// the message; when that key is missing, it names a similar key in the text.
  private static ManifestException checked(DatabindException e, String name, byte[] text) {
    String problem = firstLine(e);
    Matcher named = Pattern.compile("^'(\\w+)'(?: is (missing))?").matcher(problem);
    if (!named.find()) {
      return new ManifestException("%s:%d: %s".formatted(name, line(e), problem));
    }
    String key = named.group(1);
    if (named.group(2) == null) {
      return new ManifestException("%s:%d: %s".formatted(name, lineOf(key, text), problem));
    }
    Matcher keys =
        Pattern.compile("(?m)^[ \\t-]*(\\w+)\\s*:")
            .matcher(new String(text, StandardCharsets.UTF_8));
    while (keys.find()) {
      if (keys.group(1).equals(key)) {
        return new ManifestException(
            "%s:%d: '%s' is empty".formatted(name, lineOf(key, text), key));
      } else if (distance(keys.group(1), key) <= MAX_TYPOS) {
        return new ManifestException(
            "%s:%d: '%s' is unknown; did you mean '%s'?"
                .formatted(name, lineOf(keys.group(1), text), keys.group(1), key));
      }
    }
    return new ManifestException("%s:%d: %s".formatted(name, line(e), problem));
  }

  /// The first line with the key before a colon. The parser no longer has the position, since it
  /// collects a record's values before it binds them.
  private static int lineOf(String key, byte[] text) {
    String whole = new String(text, StandardCharsets.UTF_8);
    Matcher matcher =
        Pattern.compile("(?<![\\w-])[\"']?" + Pattern.quote(key) + "[\"']?\\s*:").matcher(whole);
    return matcher.find() ? lineAt(text, matcher.start()) : 1;
  }

  /// The line with the key and the invalid value. If there is none, the parser's current line,
  /// which for parts of a record comes after the value.
  private static int lineOf(InvalidFormatException e, byte[] text) {
    String key = e.getPath().isEmpty() ? null : e.getPath().getLast().getPropertyName();
    if (key != null) {
      Matcher matcher =
          Pattern.compile(
                  "(?<![\\w-])[\"']?"
                      + Pattern.quote(key)
                      + "[\"']?\\s*:[ \\t]*[\"']?"
                      + Pattern.quote(String.valueOf(e.getValue())))
              .matcher(new String(text, StandardCharsets.UTF_8));
      if (matcher.find()) {
        return lineAt(text, matcher.start());
      }
    }
    return line(e);
  }

  private static int lineAt(byte[] text, int at) {
    String before = new String(text, StandardCharsets.UTF_8).substring(0, at);
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }

  /// The message for an invalid value; for an enum it names the nearest valid value.
  private static String invalid(InvalidFormatException e) {
    Class<?> type = e.getTargetType();
    if (type == null || !type.isEnum()) {
      return firstLine(e);
    }
    List<String> known =
        Stream.of(type.getEnumConstants())
            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
            .toList();
    String value = String.valueOf(e.getValue());
    String field = e.getPath().isEmpty() ? "" : e.getPath().getLast().getPropertyName() + ": ";
    return "%s'%s' is unknown%s%s known: %s"
        .formatted(
            field,
            value,
            didYouMean(known, value),
            didYouMean(known, value).isEmpty() ? ";" : "",
            String.join(", ", known));
  }

  private static String firstLine(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    String plain = INSIDE.matcher(message).replaceAll("").strip();
    return plain.isEmpty() || plain.equals("null") ? "an entry is empty" : plain;
  }

  /// `; did you mean 'x'?` when a known name is similar, else empty.
  static String didYouMean(@Nullable Collection<?> known, String key) {
    return known == null
        ? ""
        : known.stream()
            .map(String::valueOf)
            .min(
                Comparator.comparing((String candidate) -> !candidate.startsWith(key))
                    .thenComparingInt(candidate -> distance(candidate, key)))
            .filter(candidate -> looksLike(candidate, key))
            .map(candidate -> "; did you mean '" + candidate + "'?")
            .orElse("");
  }

  private static boolean looksLike(String candidate, String key) {
    return candidate.startsWith(key)
        || key.startsWith(candidate)
        || distance(candidate, key) <= Math.max(MAX_TYPOS, key.length() / 3);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
