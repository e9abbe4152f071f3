package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import dev.refract.harness.score.maths.Mathematics;
import dev.refract.harness.score.parse.AnswerParser;
import dev.refract.harness.text.PythonLiteral;
import dev.refract.manifest.MetricMode;
import java.util.List;
import java.util.Map;

/// Whatever a model answers and a dataset expects, each metric gives a score from 0 to 1.
class AnswersFuzzTest {

  private static final List<String> OPTIONS = List.of("12", "B", "none of these", "the red bar");

  @FuzzTest
  void metric(@NotNull @WithUtf8Length(max = 300) String gold, @NotNull String reply) {
    for (String name : Metrics.names()) {
      for (MetricMode mode : MetricMode.values()) {
        Metrics.named(name, mode).ifPresent(metric -> assertScore(metric, gold, reply));
      }
    }
  }

  private static void assertScore(Metric metric, String gold, String reply) {
    for (AnswerKey key :
        List.of(AnswerKey.of(gold), new AnswerKey(List.of(gold), OPTIONS, Map.of()))) {
      assertThat(metric.score(key, reply)).as("%s", metric.name()).isBetween(0.0, 1.0);
      assertThat(metric.extracted(key, reply)).isNotNull();
    }
  }

  @FuzzTest
  void formula(@NotNull String a, @NotNull String b) {
    assertThat(Mathematics.compare(a, b)).isNotNull();
    assertThat(Mathematics.normalForm(a)).isNotNull();
  }

  @FuzzTest
  void reply(@NotNull String text) {
    assertThat(AnswerParser.choice(text, OPTIONS)).isNotNull();
    assertThat(AnswerParser.shortAnswer(text)).isNotNull();
    assertThat(AnswerParser.yesNo(text)).isNotNull();
    assertThat(AnswerParser.layers(text)).doesNotContainNull();
    assertThat(PythonLiteral.list(text)).isNotNull();
    assertThat(PythonLiteral.str(text)).isNotNull();
  }
}
