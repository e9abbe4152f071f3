package dev.refract.harness.score;

import dev.refract.harness.text.PythonList;
import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MathVista's score: the answer is brought to the form of the gold, then both must be equal. A
/// whole number loses its decimals, a decimal number is rounded to the question's precision, and of
/// options the one with the smallest edit distance is taken.
///
/// Attributes: `answer_type` (`integer`, `float`, `list` or `text`) and `precision` (decimal
/// places). The benchmark has an LLM extract answers from long replies; here the answer parser
/// does.
///
/// Source: Lu et al. 2024, arXiv 2310.02255; `extract_answer.py` (its rules without the LLM) and
/// `calculate_score.py`.
public record MathVista(MetricMode mode) implements Metric {

  private static final Pattern QUOTED = PythonText.pattern("The answer is \"(.*)\"\\.");
  private static final Pattern BRACKETED = PythonText.pattern("\\(([a-zA-Z])\\)");

  @Override
  public MetricName name() {
    return MetricName.MATHVISTA;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    if (!key.choices().isEmpty()) {
      return key.golds().stream().anyMatch(gold -> isSame(key.choices(), gold, answer)) ? 1 : 0;
    }
    Optional<String> normal = normal(key, answer);
    return normal.isPresent() && key.golds().contains(normal.get()) ? 1 : 0;
  }

  /// Whether two letters name options with the same text.
  private static boolean isSame(List<String> choices, String one, String two) {
    return isOption(choices, one)
        && isOption(choices, two)
        && choices.get(one.charAt(0) - 'A').equals(choices.get(two.charAt(0) - 'A'));
  }

  private static boolean isOption(List<String> choices, String letter) {
    return letter.length() == 1
        && letter.charAt(0) >= 'A'
        && letter.charAt(0) - 'A' < choices.size();
  }

  /// The letter of the option, or the number or text of a free answer.
  @Override
  public String extracted(AnswerKey key, String reply) {
    String extraction = key.choices().contains(reply) ? reply : extraction(key, reply);
    return key.choices().isEmpty()
        ? extraction
        : String.valueOf((char) ('A' + option(key.choices(), PythonText.strip(extraction))));
  }

  private static String extraction(AnswerKey key, String reply) {
    Optional<String> number =
        switch (key.attribute("answer_type")) {
          case "integer" -> PythonText.toInt(reply).map(BigInteger::toString);
          case "float" -> PythonText.toFloat(reply).stream().mapToObj(PythonList::text).findFirst();
          default -> Optional.empty();
        };
    return number.orElseGet(() -> statement(reply));
  }

  private static String statement(String reply) {
    Matcher quoted = QUOTED.matcher(reply);
    return quoted.find() ? quoted.group(1) : reply;
  }

  /// Index of the option that the answer names by its letter, or else resembles most.
  private static int option(List<String> choices, String answer) {
    Matcher bracketed = BRACKETED.matcher(answer);
    String named = bracketed.find() ? PythonText.upper(bracketed.group(1)) : answer;
    int letter = named.length() == 1 ? named.charAt(0) - 'A' : -1;
    if (letter >= 0 && letter < choices.size()) {
      return letter;
    }
    int nearest = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < choices.size(); i++) {
      int distance = Levenshtein.distance(named, choices.get(i));
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  private static Optional<String> normal(AnswerKey key, String answer) {
    OptionalDouble number = PythonText.toFloat(answer);
    return switch (key.attribute("answer_type")) {
      case "integer" ->
          number.isPresent() && Double.isFinite(number.getAsDouble())
              ? Optional.of(new BigDecimal(number.getAsDouble()).toBigInteger().toString())
              : Optional.empty();
      case "float" -> {
        OptionalDouble places = PythonText.toFloat(key.attribute("precision"));
        yield number.isPresent() && places.isPresent()
            ? Optional.of(
                PythonList.text(PythonText.round(number.getAsDouble(), (int) places.getAsDouble())))
            : Optional.empty();
      }
      default -> Optional.of(answer);
    };
  }
}
