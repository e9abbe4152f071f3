package dev.refract.reports.ci;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateReport.Subject;
import dev.refract.reports.gate.GateVerdict;
import java.util.List;

/// Gate reports for tests of the forms that they are shown in.
final class Reports {

  static final GateVerdict PASS = new GateVerdict.Pass("fine");
  static final GateVerdict UNSURE = new GateVerdict.Inconclusive("who knows");
  static final GateVerdict WORSE = new GateVerdict.Regression("dropped");
  static final GateVerdict REFUSED = new GateVerdict.Refused("other data");

  private Reports() {}

  static Check check(String name, GateVerdict verdict) {
    return new Check(Subject.ACCURACY, name, verdict, null);
  }

  static GateReport of(boolean failsInconclusive, Check... checks) {
    return of(failsInconclusive, 1, List.of(), List.of(checks));
  }

  static GateReport of(
      boolean failsInconclusive, int attempts, List<String> warnings, List<Check> checks) {
    return new GateReport(
        "old", "new", "a", "b", 0.05 / attempts, attempts, failsInconclusive, checks, warnings);
  }
}
