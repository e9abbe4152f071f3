package dev.refract.reports.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateReport.Subject;
import dev.refract.reports.gate.GateVerdict.Inconclusive;
import dev.refract.reports.gate.GateVerdict.Pass;
import dev.refract.reports.gate.GateVerdict.Refused;
import dev.refract.reports.gate.GateVerdict.Regression;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What single verdicts make of the whole.
class GateReportTest {

  private static final GateVerdict PASS = new Pass("fine");
  private static final GateVerdict UNSURE = new Inconclusive("who knows");
  private static final GateVerdict WORSE = new Regression("dropped");
  private static final GateVerdict REFUSED = new Refused("other data");

  @Test
  void verdictsHaveTheirWordAndARisingGravity() {
    List<GateVerdict> rising = List.of(PASS, UNSURE, WORSE, REFUSED);
    assertThat(rising.stream().map(GateVerdict::name))
        .containsExactly("pass", "inconclusive", "regression", "refused");
    assertThat(rising.stream().map(GateVerdict::gravity)).containsExactly(0, 1, 2, 3);
    assertThat(rising.stream().map(GateVerdict::words))
        .containsExactly("fine", "who knows", "dropped", "other data");
  }

  @Test
  void everyVerdictSurvivesJsonUnderItsWord() {
    for (GateVerdict verdict : List.of(PASS, UNSURE, WORSE, REFUSED)) {
      String json = RunJson.text(verdict);
      assertThat(json).contains("\"type\":\"" + verdict.name() + "\"");
      assertThat(RunJson.MAPPER.readValue(json, GateVerdict.class)).isEqualTo(verdict);
    }
  }

  @Test
  void theGravestCheckDecidesWhereverItStands() {
    assertThat(report(true, PASS, PASS).verdict()).isEqualTo(PASS);
    assertThat(report(true, UNSURE, PASS).verdict()).isEqualTo(UNSURE);
    assertThat(report(true, PASS, WORSE, UNSURE).verdict()).isEqualTo(WORSE);
    assertThat(report(true, REFUSED, WORSE).verdict()).isEqualTo(REFUSED);
  }

  @Test
  void aReportWithoutAnyCheckIsRefused() {
    assertThat(report(false).verdict()).isInstanceOf(Refused.class);
    assertThat(report(false).passes()).isFalse();
  }

  @Test
  void onlyAPassOrAnAcceptedDoubtPasses() {
    assertThat(report(true, PASS).passes()).isTrue();
    assertThat(report(true, PASS, UNSURE).passes()).isFalse();
    assertThat(report(false, PASS, UNSURE).passes()).isTrue();
    assertThat(report(false, WORSE).passes()).isFalse();
    assertThat(report(false, REFUSED).passes()).isFalse();
  }

  @Test
  void theHeadlineCountsTheChecksThatDecided() {
    assertThat(report(true, UNSURE, WORSE, PASS, WORSE).headline())
        .contains("new", "old", "regression", "2 of 4")
        .doesNotContain("accepts");
    assertThat(report(true, PASS, UNSURE).headline())
        .contains("inconclusive", "1 of 2")
        .doesNotContain("accepts");
    assertThat(report(false, PASS, UNSURE).headline()).contains("1 of 2").contains("accepts");
    assertThat(report(false, PASS).headline()).contains("1 of 1").doesNotContain("accepts");
  }

  @Test
  void theLineOfACheckHasNameVerdictAndWords() {
    Check check = new Check(Subject.RATE, "charts", WORSE);
    assertThat(check.line()).isEqualTo("charts: regression, dropped");
    assertThat(check.figures()).isNull();
  }

  private static GateReport report(boolean failsInconclusive, GateVerdict... verdicts) {
    List<Check> checks = new ArrayList<>();
    for (GateVerdict verdict : verdicts) {
      checks.add(new Check(Subject.ACCURACY, "charts", verdict));
    }
    return new GateReport("old", "new", "a", "b", 0.05, 1, failsInconclusive, checks, List.of());
  }
}
