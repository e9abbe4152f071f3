package dev.refract.harness.score;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// ChartQA's relaxed accuracy, as its scorers compute it (`official`): a number may be wrong by 5 %
/// of the gold, anything else must be equal but for case.
///
/// A trailing % divides either side by 100, so "5" is wrong for "5%". A gold of zero is compared as
/// text. There is no rule for years. VLMEvalKit strips the answer first and lmms-eval does not;
/// parsed answers are stripped already, so the two agree on them.
///
/// Source: Masry et al. 2022, section 5.1; rows `relaxed_accuracy.*` of the golden file.
///
/// @param stripped whether blanks around the answer are removed, as VLMEvalKit does
public record RelaxedAccuracy(boolean stripped) implements Metric {

  private static final double TOLERANCE = 0.05;

  @Override
  public String name() {
    return "relaxed_accuracy";
  }

  @Override
  public double score(List<String> golds, String answer, Map<String, String> attributes) {
    String given = stripped ? PythonText.strip(answer) : answer;
    return golds.stream().anyMatch(gold -> matches(gold, given)) ? 1 : 0;
  }

  private static boolean matches(String gold, String answer) {
    OptionalDouble expected = value(gold);
    OptionalDouble found = value(answer);
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
    OptionalDouble percent = PythonText.toFloat(text.replaceFirst("%+$", ""));
    return percent.isPresent() ? OptionalDouble.of(percent.getAsDouble() / 100) : percent;
  }
}
