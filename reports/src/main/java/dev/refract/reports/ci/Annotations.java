package dev.refract.reports.ci;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateVerdict;
import java.util.ArrayList;
import java.util.List;

/// Workflow commands of GitHub Actions, one line for each check that did not pass, at most {@value
/// #MAX_ANNOTATIONS} lines.
public final class Annotations {

  /// GitHub shows no more annotations of one kind.
  private static final int MAX_ANNOTATIONS = 10;

  private Annotations() {}

  public static List<String> of(GateReport report) {
    List<GateReport.Check> annotated =
        report.checks().stream().filter(c -> !(c.verdict() instanceof GateVerdict.Pass)).toList();
    List<String> lines = new ArrayList<>();
    int shown = annotated.size() > MAX_ANNOTATIONS ? MAX_ANNOTATIONS - 1 : annotated.size();
    for (GateReport.Check check : annotated.subList(0, shown)) {
      lines.add(line(level(check.verdict(), report), "refract: " + check.name(), check.line()));
    }
    if (annotated.size() > shown) {
      lines.add(
          line(
              report.passes() ? "warning" : "error",
              "refract",
              "and %d more".formatted(annotated.size() - shown)));
    }
    return lines;
  }

  private static String level(GateVerdict verdict, GateReport report) {
    return switch (verdict) {
      case GateVerdict.Pass _ -> "notice";
      case GateVerdict.Inconclusive _ -> report.failsInconclusive() ? "error" : "warning";
      case GateVerdict.Regression _, GateVerdict.Refused _ -> "error";
    };
  }

  private static String line(String level, String title, String message) {
    return "::%s title=%s::%s"
        .formatted(level, data(title).replace(":", "%3A").replace(",", "%2C"), data(message));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
