package dev.refract.harness.score.maths;

import dev.refract.harness.text.PythonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Extracts an answer's text from its math environment and normalises it, as the reference does
/// before it parses any mathematics.
final class MathText {

  private static final int MAX_CHARS = 2_000;
  private static final Pattern INLINE =
      pattern("(?<![\\\\0-9])\\$((?:\\\\\\$|[^\\n$])+?)(?<!\\\\)\\$");
  private static final Pattern FRAGMENT =
      pattern("\\\\frac\\{|\\s\\[[^\\n\\]\\[]+\\]\\s|\\\\\\(|\\\\\\[");
  private static final Pattern ANSWER = pattern("(?i)answer");
  private static final Pattern FINAL_ANSWER = pattern("(?i)final answer");

  /// From the first box to the last brace.
  private static final Pattern PLAIN_BOX = Pattern.compile("\\\\boxed\\{.+\\}", Pattern.DOTALL);

  private static final Pattern CONNECTED = pattern("\\s*(,?and|,?or|,)\\s*");
  private static final Pattern PERCENT_BEHIND = pattern("\\s*(\\\\?%|[Pp]ercent|[Pp]ct)");
  private static final Pattern LEFT =
      pattern(
          "\\\\m?left(\\\\\\{|\\{|\\\\\\||\\||\\[|\\(|\\\\rbracl|\\\\lgroup|\\\\lbrace|\\\\lbrack|\\\\vert|\\\\lvert|\\\\lceil|\\\\lfloor|\\\\langle|\\\\llcorner|\\\\ulcorner)");
  private static final Pattern RIGHT =
      pattern(
          "\\\\m?right(\\\\\\}|\\}|\\\\\\||\\||\\]|\\)|\\\\rbrack|\\\\rgroup|\\\\rbrace|\\\\vert|\\\\rvert|\\\\rceil|\\\\rfloor|\\\\rangle|\\\\lrcorner|\\\\urcorner)");
  private static final Pattern REMOVED =
      pattern(
          "\\\\mathrm\\{th\\}|\\\\!\\s*|\\\\text\\s*\\{\\s*\\}|\\\\\\$|\\$|(?<!\\\\)[\"']|\\\\displaystyle");

  /// A pattern and its replacement; at each position the first matching pattern applies.
  private record Rewrite(String pattern, String by) {}

  private static final List<Rewrite> REWRITES =
      List.of(
          new Rewrite("\\\\math(?:rm|it|bf)", "\\text"),
          new Rewrite("\\\\text(?:normal|bf|it|rm)", "\\text"),
          new Rewrite("\\\\(?:d|t|c)frac", "\\frac"),
          new Rewrite("\\s\\.", " 0."),
          new Rewrite("\\{\\.", "{0."),
          new Rewrite("~=", "\\approx"),
          new Rewrite("\\s*\\{\\s*,\\s*\\}", ","),
          new Rewrite("(?<![a-zA-Z]),?\\s*(?:and|or)(?![a-zA-Z])", ","),
          new Rewrite(",?\\s*\\\\text\\{\\s*(?:and|or)\\s*\\}", ","),
          new Rewrite("(?<!\\\\)\\\\\\s", " "),
          new Rewrite("infinity", "\\infty"),
          new Rewrite(",?\\\\ldots", " "),
          new Rewrite("\\s*percentage", "\\%"),
          new Rewrite("\\\\text\\{percentage\\}", "\\%"),
          new Rewrite("\\s*percent", "\\%"),
          new Rewrite("\\\\text\\{percent\\}", "\\%"),
          new Rewrite("\\s*pct", "\\%"),
          new Rewrite("\\\\text\\{pct\\}", "\\%"),
          new Rewrite("(?<!\\\\)inf(?!inity)", "\\infty"),
          new Rewrite(" sqrt", "\\sqrt"));
  private static final Pattern REWRITTEN =
      pattern(REWRITES.stream().map(r -> "(" + r.pattern + ")").collect(Collectors.joining("|")));
  private static final Pattern TRAILING_TEXT =
      pattern("(\\\\(?:text|mbox)\\{.*?\\})(\\^\\d|\\{\\^\\d\\})?$");
  private static final Pattern TRAILING_UNIT =
      pattern(
          "(\\d|\\}|\\s)\\s*(?:(?:"
              + String.join("|", lines("maths-units.txt"))
              + ")(?:s|es)?)\\s*$");
  private static final List<Rewrite> MENDED =
      List.of(
          new Rewrite("\\^\\s?\\((.*?)\\)", "^{$1}"),
          new Rewrite("sqrt\\s?\\((.*?)\\)", "\\\\sqrt{$1}"),
          new Rewrite("\\\\frac\\s?(\\d)\\s?(\\d+)", "\\\\frac{$1}{$2}"),
          new Rewrite("\\\\log_\\s?(\\d)\\s?(\\d+)", "\\\\log_{$1}{$2}"),
          new Rewrite("\\\\frac\\s?\\{(.*?)\\}\\s?(\\d)", "\\\\frac{$1}{$2}"),
          new Rewrite("\\\\frac\\s?(\\d)\\s?\\{(.*?)\\}", "\\\\frac{$1}{$2}"),
          new Rewrite("\\\\sqrt\\s?(\\d)", "\\\\sqrt{$1}"));
  private static final Pattern PLAIN_FRACTION = pattern("(0|-?[1-9][0-9]*)/(0|-?[1-9][0-9]*)");

  private MathText() {}

  /// The normalised text; empty when the reference finds nothing to parse.
  ///
  /// @throws Undecided when the text has environments that are not modelled
  static Optional<String> normalForm(String text) {
    if (text.length() > MAX_CHARS) {
      throw new Undecided("long text");
    }
    return extracted(text).map(MathText::normalised).filter(form -> !form.isEmpty());
  }

  /// The content of the environment `$text$`, without boxes.
  private static Optional<String> extracted(String s) {
    boolean boxed = s.contains("\\boxed");
    if (boxed && FINAL_ANSWER.matcher(s).find()) {
      throw new Undecided("final answer");
    }
    boolean inline = !s.replace("\\$", "").contains("$") && !s.contains("\n") && !s.endsWith("\\");
    if (boxed && inline && PLAIN_BOX.matcher(s).find()) {
      return Optional.of(BoxedText.all(s));
    } else if (boxed && !isWrapped(s)) {
      return lastBoxes(s);
    }
    return environment(s).map(BoxedText::all);
  }

  private static boolean isWrapped(String s) {
    return s.length() > 2
        && s.startsWith("$")
        && s.endsWith("$")
        && !s.substring(1, s.length() - 1).contains("$")
        && !s.contains("\n");
  }

  /// The boxes of a text that is not one environment: those at its end.
  private static Optional<String> lastBoxes(String s) {
    for (String part : s.split("\\$", -1)) {
      if (s.contains("$") && !part.contains("\n") && PLAIN_BOX.matcher(part).find()) {
        throw new Undecided("box among environments");
      }
    }
    Matcher box = PLAIN_BOX.matcher(s);
    return box.find()
        ? Optional.of(BoxedText.last(box.group()))
        : environment(s).map(BoxedText::all);
  }

  private static Optional<String> environment(String s) {
    boolean fragments = FRAGMENT.matcher(s).find();
    boolean anchored = ANSWER.matcher(s).find();
    if (!s.replace("\\$", "").contains("$") && !s.contains("\n") && !s.endsWith("\\")) {
      if (anchored && fragments) {
        throw new Undecided("answer prefix");
      }
      return s.isEmpty() ? Optional.empty() : Optional.of(s);
    }
    if (s.length() > 2
        && s.startsWith("$")
        && s.endsWith("$")
        && !s.substring(1, s.length() - 1).contains("$")
        && !s.endsWith("\\$")
        && !(anchored && fragments)) {
      return Optional.of(s.substring(1, s.length() - 1));
    }
    String full = "$" + s + "$";
    long dollars = full.chars().filter(c -> c == '$').count();
    long single = full.replace("$$", "").chars().filter(c -> c == '$').count();
    if (fragments || anchored || single + 4 <= dollars || s.endsWith("\\$") || s.contains("$$$")) {
      throw new Undecided("several environments");
    }
    Matcher inline = INLINE.matcher(full);
    int end = -1;
    String last = "";
    while (inline.find()) {
      if (end >= 0 && CONNECTED.matcher(full.substring(end, inline.start())).matches()) {
        throw new Undecided("connected environments");
      }
      end = inline.end();
      last = inline.group(1);
    }
    if (end < 0) {
      return Optional.empty();
    }
    if (PERCENT_BEHIND.matcher(full.substring(end)).lookingAt()) {
      throw new Undecided("percent after the environment");
    }
    return Optional.of(last);
  }

  private static String normalised(String text) {
    if (text.contains(")_{")) {
      throw new Undecided("permutation");
    }
    String t =
        text.replace("\\mathrm{T}", "T").replace("\\mathrm{d}", "d").replace("{\\rm d}", "d");
    t = LEFT.matcher(t).replaceAll("$1");
    t = RIGHT.matcher(t).replaceAll("$1");
    t = REMOVED.matcher(t).replaceAll("");
    t = REWRITTEN.matcher(t).replaceAll(m -> Matcher.quoteReplacement(by(m)));
    t = t.replace('\n', ' ').replace('\t', ' ');
    if (!t.contains("matrix")) {
      t = t.replaceAll("\\\\\\\\(?=[a-zA-Z])", "\\\\");
    }
    String without = PythonText.strip(TRAILING_TEXT.matcher(t).replaceAll(""));
    t = without.isEmpty() ? t : without;
    for (int i = 0; i < 2; i++) {
      without = TRAILING_UNIT.matcher(t).replaceAll("$1");
      t = without.isEmpty() ? t : without;
    }
    t = t.startsWith(".") ? "0" + t : t;
    t = t.equals("0.5") ? "\\frac{1}{2}" : t;
    for (Rewrite mended : MENDED) {
      t = pattern(mended.pattern).matcher(t).replaceAll(mended.by);
    }
    t = fractions(roots(t.replace(" sqrt", "\\sqrt")));
    Matcher plain = PLAIN_FRACTION.matcher(t);
    return plain.matches()
        ? "\\frac{" + plain.group(1) + "}{" + plain.group(2) + "}"
        : PythonText.strip(t);
  }

  private static String by(java.util.regex.MatchResult match) {
    for (int i = 0; i < REWRITES.size(); i++) {
      if (match.group(i + 1) != null) {
        return REWRITES.get(i).by;
      }
    }
    throw new IllegalStateException("no alternative matched");
  }

  /// Adds the braces to `\sqrt3`.
  private static String roots(String t) {
    String[] parts = t.split("\\\\sqrt", -1);
    StringBuilder out = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].stripLeading();
      boolean bare = !part.isEmpty() && "{[".indexOf(part.charAt(0)) < 0;
      out.append("\\sqrt");
      out.append(bare ? "{" + part.charAt(0) + "}" + part.substring(1) : part);
    }
    return out.toString();
  }

  /// Adds the braces to `\frac12`.
  private static String fractions(String t) {
    String[] parts = t.split("\\\\frac", -1);
    StringBuilder out = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].stripLeading();
      if (part.startsWith("{")) {
        out.append("\\frac").append(part);
      } else if (part.length() < 2) {
        return t;
      } else if (part.charAt(1) != '{') {
        out.append("\\frac{%c}{%c}".formatted(part.charAt(0), part.charAt(1)));
        out.append(part.substring(2));
      } else {
        out.append("\\frac{%c}".formatted(part.charAt(0))).append(part.substring(1));
      }
    }
    return out.toString();
  }

  private static Pattern pattern(String regex) {
    return PythonText.pattern(regex);
  }

  /// The lines of a resource without comments.
  static List<String> lines(String resource) {
    try (InputStream bytes =
        Objects.requireNonNull(
            MathText.class.getResourceAsStream("/score/" + resource), resource)) {
      return new ArrayList<>(
          new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("# "))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
