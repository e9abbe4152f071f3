package dev.refract.reports.ci;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.render.Markdown;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A gate's report as Markdown, for a pull request's comment and for GitHub's step summary.
public final class GateMarkdown {

  /// The first line, by which a bot finds the comment to replace.
  public static final String MARKER = "<!-- refract-gate -->";

  /// GitHub refuses summaries of 1 MiB.
  private static final int MAX_BYTES = 1_000_000;

  private GateMarkdown() {}

  public static String of(GateReport report) {
    StringBuilder text = new StringBuilder(MARKER).append('\n');
    text.append("### refract: ").append(Markdown.escaped(report.headline())).append("\n\n");
    text.append("| check | verdict | |\n|---|---|---|\n");
    List<GateReport.Check> checks = report.checks();
    int size = text.toString().getBytes(StandardCharsets.UTF_8).length;
    for (int i = 0; i < checks.size(); i++) {
      GateReport.Check check = checks.get(i);
      String row =
          "| %s | **%s** | %s |\n"
              .formatted(
                  Markdown.escaped(check.name()),
                  check.verdict().name(),
                  Markdown.escaped(check.verdict().words()));
      size += row.getBytes(StandardCharsets.UTF_8).length;
      if (size > MAX_BYTES) {
        text.append("\nand ").append(checks.size() - i).append(" more checks\n");
        return text.toString();
      }
      text.append(row);
    }
    text.append("\nalpha %.4g".formatted(report.alpha()));
    if (report.attempts() > 1) {
      text.append(", divided by ").append(report.attempts()).append(" attempts on this commit");
    }
    text.append(". Intervals are clustered by image.\n");
    for (String warning : report.warnings()) {
      text.append("\n> ").append(Markdown.escaped(warning)).append('\n');
    }
    return text.toString();
  }
}
