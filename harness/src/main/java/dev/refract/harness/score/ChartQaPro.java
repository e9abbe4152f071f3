package dev.refract.harness.score;

import dev.refract.harness.text.PythonList;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// ChartQAPro's relaxed score. Lists are compared element by element in order; a missing or extra
/// element scores 0. Years must be equal except for case, other numbers may be wrong by 5 %, other
/// texts are scored with ANLS.
///
/// Attribute `year`: `YES` or `NO` for each element, separated by commas. The released script
/// computes that fact-checking and choice questions require an exact match, but never uses the
/// result; neither does `official`. `strict` requires the exact match, according to the attribute
/// `question_type`.
///
/// Source: Masry et al. 2025, arXiv 2504.05506; rows `chartqapro.official` of the golden file.
public record ChartQaPro(MetricMode mode) implements Metric {

  private static final List<String> EXACT = List.of("Fact Checking", "Multi Choice");
  private static final double TOLERANCE = 0.05;
  private static final double MIN_SIMILARITY = 0.5;
  private static final Pattern BRACKETS = Pattern.compile("^\\[(.*)\\]$");
  private static final Pattern ENDS = Pattern.compile("^[ ']+|[ ']+$");
  private static final Pattern BARE =
      Pattern.compile("(?<!['\\w])(\\w[^,]*?)(?!['\\w])", Pattern.UNICODE_CHARACTER_CLASS);

  @Override
  public MetricName name() {
    return MetricName.CHARTQAPRO;
  }

  @Override
  public double score(List<String> golds, String answer, Map<String, String> attributes) {
    List<String> years = Arrays.asList(attributes.getOrDefault("year", "").split(",", -1));
    boolean exact =
        mode == MetricMode.STRICT && EXACT.contains(attributes.getOrDefault("question_type", ""));
    return golds.stream().mapToDouble(gold -> score(gold, answer, years, exact)).max().orElse(0);
  }

  /// @param exact whether to require an exact match; the released script never does
  static double score(String gold, String answer, List<String> years, boolean exact) {
    List<String> wanted = golds(ends(gold));
    List<String> found = elements(ends(answer)).orElse(List.of(ends(answer)));
    int length = Math.max(wanted.size(), found.size());
    double sum = 0;
    for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
      // When there are fewer flags than elements, the flags are repeated.
      boolean repeats = years.size() < wanted.size();
      String year = i < years.size() ? years.get(i) : repeats ? years.get(i % years.size()) : "NO";
      sum += element(wanted.get(i), found.get(i), exact || year.equalsIgnoreCase("YES"));
    }
    return sum / length;
  }

  private static double element(String gold, String answer, boolean exact) {
    if (exact) {
      return lower(gold).equals(lower(answer)) ? 1 : 0;
    }
    String wanted = withoutPercent(gold);
    String found = withoutPercent(answer);
    OptionalDouble w = PythonText.toFloat(withoutPercent(wanted));
    OptionalDouble f = PythonText.toFloat(withoutPercent(found));
    if (w.isPresent() && f.isPresent()) {
      double expected = w.getAsDouble();
      if (expected == 0) {
        return f.getAsDouble() == 0 ? 1 : 0;
      }
      return Math.abs(f.getAsDouble() - expected) / Math.abs(expected) <= TOLERANCE ? 1 : 0;
    }
    // The script's ANLS package measures the length after blanks are collapsed.
    double similarity = Anls.similarity(PythonText.collapse(wanted), PythonText.collapse(found));
    return 1 - similarity < MIN_SIMILARITY ? similarity : 0;
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

  /// The elements of a gold. The script first quotes bare words as in `[a, b]`; when the result is
  /// not a list, it reads the unquoted gold.
  private static List<String> golds(String gold) {
    String stripped = PythonText.strip(gold);
    if (!stripped.startsWith("[")) {
      return List.of(gold);
    }
    var brackets = BRACKETS.matcher(stripped);
    Optional<List<String>> quoted =
        brackets.matches()
            ? elements("[" + BARE.matcher(brackets.group(1)).replaceAll("'$1'") + "]")
            : Optional.empty();
    return quoted.or(() -> elements(gold)).orElse(List.of(gold));
  }

  private static Optional<List<String>> elements(String text) {
    return PythonList.parse(text)
        .filter(list -> !list.isEmpty())
        .map(list -> list.stream().map(e -> ENDS.matcher(e).replaceAll("")).toList());
  }
}
