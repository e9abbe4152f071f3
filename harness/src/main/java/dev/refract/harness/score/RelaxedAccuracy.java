package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// ChartQA's relaxed accuracy: a number may be wrong by 5 % of the gold, anything else must be
/// equal except for case.
///
/// As its scorers compute it (`official`), a trailing % divides either side by 100, so "5" is wrong
/// for "5%". A gold of zero is compared as text. There is no rule for years. VLMEvalKit strips the
/// answer first and lmms-eval does not; parsed answers are stripped already, so the two agree on
/// them. `strict` accepts numbers in everyday notation, with thousands separators and without
/// Python's `1_000`, `inf` and `nan`, compares a gold of zero as a number, and ignores blanks
/// around words.
///
/// Source: Masry et al. 2022, section 5.1; rows `relaxed_accuracy.*` of the golden file.
///
/// @param stripped whether blanks around the answer are removed, as VLMEvalKit does
public record RelaxedAccuracy(boolean stripped, MetricMode mode) implements Metric {

  private static final double TOLERANCE = 0.05;
  private static final Pattern PLAIN =
      Pattern.compile(
          "[+-]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)?(?:\\.\\d+)?(?<=\\d)(?:[eE][+-]?\\d{1,3})?");

  @Override
  public MetricName name() {
    return MetricName.RELAXED_ACCURACY;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    if (mode == MetricMode.STRICT) {
      return key.golds().stream().anyMatch(gold -> equal(gold.strip(), answer.strip())) ? 1 : 0;
    }
    String given = stripped ? PythonText.strip(answer) : answer;
    OptionalDouble found = value(given);
    for (String gold : key.golds()) {
      if (matches(gold, given, found)) {
        return 1;
      }
    }
    return 0;
  }

  private static boolean matches(String gold, String answer, OptionalDouble found) {
    OptionalDouble expected = value(gold);
    if (found.isPresent() && expected.isPresent() && expected.getAsDouble() != 0) {
      double wanted = expected.getAsDouble();
      return Math.abs(found.getAsDouble() - wanted) / Math.abs(wanted) <= TOLERANCE;
    }
    return PythonText.lower(answer).equals(PythonText.lower(gold));
  }

  private static OptionalDouble value(String text) {
    if (!text.endsWith("%")) {
      return PythonText.toFloat(text);
    }
    OptionalDouble percent = PythonText.toFloat(PythonText.stripEnd(text, '%'));
    return percent.isPresent() ? OptionalDouble.of(percent.getAsDouble() / 100) : percent;
  }

  private static boolean equal(String gold, String answer) {
    OptionalDouble expected = plain(gold);
    OptionalDouble found = plain(answer);
    if (expected.isPresent() && found.isPresent()) {
      double wanted = expected.getAsDouble();
      return Math.abs(found.getAsDouble() - wanted) <= TOLERANCE * Math.abs(wanted);
    }
    return PythonText.lower(answer).equals(PythonText.lower(gold));
  }

  private static OptionalDouble plain(String text) {
    String number = text.replaceFirst("\\s*%$", "");
    if (!PLAIN.matcher(number).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(number.replace(",", ""));
    return OptionalDouble.of(number.length() < text.length() ? value / 100 : value);
  }
}
