package dev.refract.harness.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of Prometheus's text form, as its specification has them.
class PrometheusTest {

  private static Prometheus value(String name, double value) {
    return new Prometheus(name, Map.of(), value);
  }

  @Test
  void commentsAndEmptyLinesAreNoValues() {
    assertThat(
            Prometheus.parse(
                """
                # HELP a_total The a's.
                # TYPE a_total counter

                a_total 7
                b:c 1.5
                """))
        .containsExactly(value("a", 7), value("b:c", 1.5));
  }

  @ParameterizedTest
  @CsvSource({"7,7", "-7.5,-7.5", "1.5e3,1500", "1E-2,0.01", "+3,3", "0,0"})
  void numbersOfAllForms(String text, double number) {
    assertThat(Prometheus.parse("a " + text)).containsExactly(value("a", number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf", "-Inf", "Infinity", "seven", "1e999"})
  void whatIsNoFiniteNumberIsLeftOut(String text) {
    assertThat(Prometheus.parse("a " + text + "\nb 2\n")).containsExactly(value("b", 2));
  }

  @Test
  void aTimeBehindTheValueDoesNotMatter() {
    assertThat(Prometheus.parse("a 7 1395066363000\n")).containsExactly(value("a", 7));
  }

  @Test
  void labelsAreReadByTheirNames() {
    assertThat(Prometheus.parse("a{gpu=\"0\",model_name=\"H100 80GB\",} 7\n"))
        .containsExactly(new Prometheus("a", Map.of("gpu", "0", "model_name", "H100 80GB"), 7));
    assertThat(Prometheus.parse("a{} 7")).containsExactly(value("a", 7));
    assertThat(Prometheus.parse("a{x=\"\"}   7"))
        .containsExactly(new Prometheus("a", Map.of("x", ""), 7));
  }

  @Test
  void bracesCommasAndEqualSignsInAValueAreItsOwn() {
    assertThat(Prometheus.parse("a{x=\"{y=1},} 3\",z=\"w\"} 7"))
        .containsExactly(new Prometheus("a", Map.of("x", "{y=1},} 3", "z", "w"), 7));
  }

  @Test
  void anEscapedQuoteDoesNotEndAValue() {
    assertThat(Prometheus.parse("a{x=\"q\\\"} 3\",z=\"w\"} 7"))
        .singleElement()
        .satisfies(metric -> {
          assertThat(metric.value()).isEqualTo(7);
          assertThat(metric.labels()).containsOnlyKeys("x", "z").containsEntry("z", "w");
        });
  }

  @Test
  void escapesInAValueAreUndone() {
    assertThat(Prometheus.parse("a{x=\"q\\\"r\\\\s\\nt\"} 7"))
        .containsExactly(new Prometheus("a", Map.of("x", "q\"r\\s\nt"), 7));
  }

  @Test
  void tabsPartTokensToo() {
    assertThat(Prometheus.parse("a\t7\n")).containsExactly(value("a", 7));
  }

  @Test
  void onlyTheEndOfACountersNameGoes() {
    assertThat(Prometheus.parse("a_total 1\na_total_seconds 2\ntotal 3\n"))
        .containsExactly(value("a", 1), value("a_total_seconds", 2), value("total", 3));
  }

  @Test
  void whatIsNoLineOfItIsPassedOver() {
    assertThat(Prometheus.parse("")).isEmpty();
    assertThat(Prometheus.parse("<html> 7\n9a 7\na\na{x=\"1\" 7\n")).isEmpty();
  }

  @Test
  void valuesStandInTheOrderOfTheText() {
    assertThat(Prometheus.parse("b 2\na 1\nb 3"))
        .containsExactly(value("b", 2), value("a", 1), value("b", 3));
  }
}
