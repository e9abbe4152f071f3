package dev.refract.harness.score;

import dev.refract.harness.text.PythonLiteral;
import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// ChartQAPro's relaxed score. Lists are compared element by element in order; a missing or extra
/// element scores 0. Years must be equal except for case, other numbers may be wrong by 5 %, other
/// texts are scored with ANLS.
///
/// Attributes: `year`, `YES` or `NO` for each element, separated by commas, and `question_type`: of
/// a `Conversational` question only the last flag counts, the one of the last turn. The released
/// script computes that fact-checking and choice questions require an exact match, but never uses
/// the result; neither does `official`. `strict` requires the exact match, according to the
/// attribute `question_type`.
///
/// Source: Masry et al. 2025, arXiv 2504.05506; rows `chartqapro.official` of the golden file.
public record ChartQaPro(MetricMode mode) implements Metric {

  private static final List<String> EXACT = List.of("Fact Checking", "Multi Choice");
  private static final String CONVERSATIONAL = "Conversational";
  private static final double TOLERANCE = 0.05;
  private static final double MIN_SIMILARITY = 0.5;
  private static final Pattern BRACKETS = PythonText.pattern("\\[(.*)\\]");
  private static final Pattern BARE = PythonText.pattern("(?<!['\\w])(\\w[^,]*?)(?!['\\w])");

  @Override
  public MetricName name() {
    return MetricName.CHARTQAPRO;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    String type = key.attribute("question_type");
    List<String> years = Arrays.asList(key.attribute("year").split(",", -1));
    List<String> flags =
        type.equals(CONVERSATIONAL) ? years.subList(years.size() - 1, years.size()) : years;
    boolean exact = mode == MetricMode.STRICT && EXACT.contains(type);
    return key.golds().stream()
        .mapToDouble(gold -> score(gold, answer, flags, exact))
        .max()
        .orElse(0);
  }

  /// @param years whether the text must be equal, for each element; repeated when there are fewer
  ///   than elements
  /// @param exact whether to require an exact match; the released script never does
  static double score(String gold, String answer, List<String> years, boolean exact) {
    List<String> wanted = golds(ends(gold));
    List<String> found = elements(ends(answer)).orElse(List.of(ends(answer)));
    int length = Math.max(wanted.size(), found.size());
    double sum = 0;
    for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
      String year = years.get(i % years.size());
      boolean isYear = PythonText.upper(year).equals("YES");
      sum += element(wanted.get(i), found.get(i), exact || isYear);
    }
    return sum / length;
  }

  private static double element(String gold, String answer, boolean exact) {
    if (exact) {
      return lower(gold).equals(lower(answer)) ? 1 : 0;
    }
    String wanted = withoutPercent(gold);
    String found = withoutPercent(answer);
    OptionalDouble w = number(wanted);
    OptionalDouble f = number(found);
    if (w.isPresent() && f.isPresent()) {
      double expected = w.getAsDouble();
      if (expected == 0) {
        return f.getAsDouble() == 0 ? 1 : 0;
      }
      return Math.abs(f.getAsDouble() - expected) / Math.abs(expected) <= TOLERANCE ? 1 : 0;
    }
    double distance = distance(normal(wanted), normal(found));
    return distance < MIN_SIMILARITY ? 1 - distance : 0;
  }

  /// The distance of the script's `anls` package, which measures lengths after normalisation.
  private static double distance(String gold, String answer) {
    int length = Math.max(PythonText.upperLength(gold), PythonText.upperLength(answer));
    return length == 0 ? 0 : (double) Levenshtein.distance(gold, answer) / length;
  }

  /// The script lower-cases, and its package strips and lower-cases again.
  private static String normal(String text) {
    return PythonText.collapse(PythonText.lower(PythonText.lower(text)));
  }

  /// `.strip(".").strip("\n")`, which the script first applies to both sides.
  private static String ends(String text) {
    return PythonText.strip(PythonText.strip(text, '.'), '\n');
  }

  private static String lower(String text) {
    return PythonText.lower(PythonText.strip(text));
  }

  /// `.strip().strip("%").strip()`.
  private static String withoutPercent(String text) {
    return PythonText.strip(PythonText.strip(PythonText.strip(text), '%'));
  }

  private static OptionalDouble number(String text) {
    return PythonText.toFloat(PythonText.strip(PythonText.strip(text), '%'));
  }

  /// The elements of a gold. The script first quotes bare words as in `[a, b]`; when the result is
  /// not a literal, it reads the unquoted gold.
  private static List<String> golds(String gold) {
    var brackets = BRACKETS.matcher(PythonText.strip(gold));
    Optional<String> quoted =
        brackets.matches()
            ? PythonLiteral.str("[" + BARE.matcher(brackets.group(1)).replaceAll("'$1'") + "]")
            : Optional.empty();
    return elements(quoted.orElse(gold)).orElse(List.of(gold));
  }

  private static Optional<List<String>> elements(String text) {
    return PythonLiteral.list(text)
        .filter(list -> !list.isEmpty())
        .map(list -> list.stream().map(e -> PythonText.strip(e, " '")).toList());
  }
}
