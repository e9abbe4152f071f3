package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.stats.PairedDifference.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reference values of numpy, scipy and statsmodels; `stats/reference.py` wrote
/// `stats/reference.json`.
class StatisticsReferenceTest {

  private static final double EXACT = 1e-12;

  private final JsonNode reference = reference();

  @Test
  void pairedDifferencesAreThoseOfStatsmodels() {
    for (JsonNode expected : reference.path("paired")) {
      PairedDifference found = PairedDifference.of(pairs(expected));
      assertThat(found.delta()).isCloseTo(number(expected, "delta"), within(EXACT));
      assertThat(found.naiveError()).isCloseTo(number(expected, "naive_error"), within(EXACT));
      assertThat(found.standardError())
          .isCloseTo(number(expected, "clustered_error"), within(EXACT));
      Difference difference = found.difference();
      assertThat(difference.low(0.95)).isCloseTo(number(expected, "low"), within(1e-8));
      assertThat(difference.high(0.95)).isCloseTo(number(expected, "high"), within(1e-8));
      assertThat(difference.lowerBound(0.05))
          .isCloseTo(number(expected, "lower_bound"), within(1e-8));
      assertThat(found.better()).isEqualTo(expected.path("better").asInt());
      assertThat(found.worse()).isEqualTo(expected.path("worse").asInt());
      assertThat(found.signFlip(SignFlip.RESAMPLES, 0))
          .isCloseTo(number(expected, "sign_flip"), within(0.015)); // both are drawn
      assertThat(McNemar.p(found.better(), found.worse()))
          .isCloseTo(number(expected, "mcnemar"), within(1e-9));
    }
  }

  @Test
  void adjustedPValuesAreThoseOfStatsmodels() {
    double[] p = numbers("p");
    assertThat(Multiplicity.holm(p)).containsExactly(numbers("holm"), within(EXACT));
    assertThat(Multiplicity.benjaminiHochberg(p))
        .containsExactly(numbers("benjamini_hochberg"), within(EXACT));
  }

  @Test
  void powerIsTheClosedForm() {
    Power power = Power.expected(2000, 0.1, 1.4, 0.05);
    assertThat(power.detectable()).isCloseTo(number(reference, "detectable"), within(1e-9));
    assertThat(power.margin()).isCloseTo(number(reference, "margin"), within(1e-9));
    assertThat(Power.expected(1, 0.1, 1, 0.05).questionsFor(0.01))
        .isEqualTo(number(reference, "questions_for_one_point"));
    assertThat(Power.designEffect(5, 0.25)).isEqualTo(2);
  }

  private static List<Pair> pairs(JsonNode data) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < data.path("a").size(); i++) {
      pairs.add(
          new Pair(
              data.path("clusters").path(i).asString(),
              data.path("a").path(i).asDouble(),
              data.path("b").path(i).asDouble()));
    }
    return pairs;
  }

  private static double number(JsonNode node, String key) {
    return node.path(key).asDouble();
  }

  private double[] numbers(String key) {
    double[] numbers = new double[reference.path(key).size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = reference.path(key).path(i).asDouble();
    }
    return numbers;
  }

  private static JsonNode reference() {
    try (InputStream json =
        StatisticsReferenceTest.class.getResourceAsStream("/stats/reference.json")) {
      return JsonMapper.builder().build().readTree(Objects.requireNonNull(json).readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
