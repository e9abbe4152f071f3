package dev.refract.reports.ci;

import static dev.refract.reports.ci.Reports.PASS;
import static dev.refract.reports.ci.Reports.REFUSED;
import static dev.refract.reports.ci.Reports.UNSURE;
import static dev.refract.reports.ci.Reports.WORSE;
import static dev.refract.reports.ci.Reports.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateVerdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Workflow commands of GitHub Actions.
class AnnotationsTest {

  @Test
  void whatDidNotPassIsTold() {
    assertThat(
            Annotations.of(
                Reports.of(
                    true,
                    check("a", PASS),
                    check("b", WORSE),
                    check("c", REFUSED),
                    check("d", UNSURE))))
        .containsExactly(
            "::error title=refract%3A b::b: regression, dropped",
            "::error title=refract%3A c::c: refused, other data",
            "::error title=refract%3A d::d: inconclusive, who knows");
    assertThat(Annotations.of(Reports.of(true, check("a", PASS)))).isEmpty();
  }

  @Test
  void aDoubtThatThePolicyAcceptsIsAWarning() {
    assertThat(Annotations.of(Reports.of(false, check("d", UNSURE), check("b", WORSE))))
        .containsExactly(
            "::warning title=refract%3A d::d: inconclusive, who knows",
            "::error title=refract%3A b::b: regression, dropped");
  }

  @Test
  void signsOfTheCommandItselfAreEscaped() {
    GateVerdict words = new GateVerdict.Regression("50 %, or: more\r\n::error::evil");
    assertThat(Annotations.of(Reports.of(true, check("a: b, 5 %\nc", words))))
        .containsExactly(
            "::error title=refract%3A a%3A b%2C 5 %25%0Ac::"
                + "a: b, 5 %25 c: regression, 50 %25, or: more ::error::evil");
  }

  @Test
  void tenAreShownAndOfElevenNineAndTheRestAsANumber() {
    List<String> ten = Annotations.of(report(true, WORSE, 10));
    assertThat(ten).hasSize(10);
    assertThat(ten.getLast()).contains("c9: regression");
    List<String> eleven = Annotations.of(report(true, WORSE, 11));
    assertThat(eleven).hasSize(10);
    assertThat(eleven.get(8)).contains("c8: regression");
    assertThat(eleven.getLast()).startsWith("::error title=refract::").contains("2");
    List<String> accepted = Annotations.of(report(false, UNSURE, 30));
    assertThat(accepted).hasSize(10);
    assertThat(accepted.getLast()).startsWith("::warning title=refract::").contains("21");
  }

  private static GateReport report(boolean failsInconclusive, GateVerdict verdict, int count) {
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      checks.add(check("c" + i, verdict));
    }
    return Reports.of(failsInconclusive, 1, List.of(), checks);
  }
}
