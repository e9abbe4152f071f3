package dev.refract.harness.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Removes secrets from text that comes from elsewhere: a server's reply, an exception, a command
/// line. Applied before anything is cut, so that no part of a secret is left.
///
/// @param forms patterns of the secrets, each in every form in which a server may repeat it
public record Secrets(List<Pattern> forms) {

  private static final String MASK = "***";

  /// A shorter value would be found in ordinary words.
  private static final int MIN_CHARS = 4;

  /// The keys of known providers, by how they begin.
  private static final Pattern KEYS =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:sk-|hf_|gsk_|xai-|ghp_|github_pat_|AIza|nvapi-|pplx-|fw_|r8_|glpat-)[A-Za-z0-9_.-]{8,}");

  /// An option, variable or header whose value is a secret.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?<![a-z-])--[a-z-]{0,60}(?:api-?key|token|password|secret)\\s+|(?:api[-_]?key|access[-_]?token|auth[-_]?token|(?<![a-z0-9_])[a-z0-9_]{0,100}_(?:key|token)|hf[-_]token|password|passwd|secret)\"?\\s*[=:]\\s*\"?(?:bearer\\s+)?|\\bbearer\\s+)(?!\\*)([^\\s,;\"'&|)}\\]]+)");

  /// User and password of an address, also of one that is not written correctly. A number with a
  /// slash after it is a port.
  private static final Pattern USER =
      Pattern.compile(
          "(://)(?:[^/?#@\"'<>\\n]{1,200}|[^\\s/@:]{1,100}:(?!\\d{1,5}[/?#])[^\\s@\"'<>]{1,200})@");

  /// @param values the secrets; null and very short ones are ignored
  public static Secrets of(Collection<@Nullable String> values) {
    List<Pattern> forms = new ArrayList<>();
    for (String value : values) {
      if (value != null && value.length() >= MIN_CHARS) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        List<String> others = new ArrayList<>(base64(bytes));
        others.add("(?i:" + HexFormat.of().formatHex(bytes) + ")");
        forms.add(Pattern.compile(escaped(value) + "|" + String.join("|", others)));
      }
    }
    return new Secrets(forms);
  }

  /// A pattern of a text in which each character may be written as itself or with an escape of
  /// URLs, JSON or HTML.
  private static String escaped(String value) {
    StringBuilder pattern = new StringBuilder();
    value
        .codePoints()
        .forEach(c -> {
          String named =
              switch (c) {
                case '&' -> "|&amp;";
                case '<' -> "|&lt;";
                case '>' -> "|&gt;";
                case '"' -> "|&quot;";
                case '\'' -> "|&apos;";
                case '+' -> "|&plus;";
                case '/' -> "|&sol;";
                default -> "";
              };
          String plain = Pattern.quote(Character.toString(c));
          pattern.append(
              "(?:\\\\?%s|(?i:%%%02x|\\\\u%04x|\\\\x%02x|&#0*%d;|&#x0*%x;%s))"
                  .formatted(plain, c, c, c, c, c, named));
        });
    return pattern.toString();
  }

  /// The part of a value's base64 form that does not depend on its neighbours, at each of the three
  /// places where it can begin.
  private static List<String> base64(byte[] value) {
    List<String> forms = new ArrayList<>();
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + value.length];
      System.arraycopy(value, 0, shifted, before, value.length);
      String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      int first = before == 0 ? 0 : before + 1;
      int last = whole.length() - (shifted.length % 3 == 0 ? 0 : 1);
      if (last - first >= 2 * MIN_CHARS) {
        // Both alphabets, each with its escapes.
        forms.add(escaped(whole.substring(first, last)));
        forms.add(escaped(whole.substring(first, last).replace('+', '-').replace('/', '_')));
      }
    }
    return forms;
  }

  /// The text with every known secret, and everything that looks like a key, replaced by `***`.
  public String redacted(String text) {
    String safe = text;
    for (Pattern form : forms) {
      safe = form.matcher(safe).replaceAll(MASK);
    }
    return masked(safe);
  }

  /// The text without what looks like a key, for text whose secrets are not known: a command line,
  /// or a specification that was typed wrongly.
  public static String masked(String text) {
    String safe = USER.matcher(text).replaceAll("$1***@");
    safe = KEYS.matcher(safe).replaceAll(MASK);
    return NAMED.matcher(safe).replaceAll("$1***");
  }

  /// The same for each argument of a command line, where a secret may follow its option.
  public static List<String> masked(List<String> arguments) {
    List<String> safe = new ArrayList<>();
    boolean secret = false;
    for (String argument : arguments) {
      safe.add(secret ? MASK : masked(argument));
      secret = argument.matches("(?i)--?[a-z-]*(?:api-?key|token|password|secret)");
    }
    return safe;
  }

  /// Whether a name is probably a key that was given in place of a variable's name.
  public static boolean looksLikeKey(String name) {
    return KEYS.matcher(name).find()
        || name.length() >= 20
            && name.chars().anyMatch(Character::isLowerCase)
            && name.chars().anyMatch(Character::isDigit);
  }

  @Override
  public String toString() {
    return forms.size() + " secrets";
  }
}
