package dev.refract.reports.ci;

import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateVerdict;
import dev.refract.reports.render.Markdown;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// A gate's report as Markdown, the checks that matter first: for a pull request's comment and for
/// GitHub's step summary.
public final class GateMarkdown {

  /// The first line, by which a bot finds the comment to replace.
  public static final String MARKER = "<!-- refract-gate -->";

  /// GitHub refuses comments of more than 65,536 characters.
  private static final int MAX_COMMENT_BYTES = 65_000;

  /// GitHub refuses summaries of 1 MiB.
  private static final int MAX_SUMMARY_BYTES = 1_000_000;

  private GateMarkdown() {}

  /// For a comment on a pull request.
  public static String comment(GateReport report) {
    return of(report, MAX_COMMENT_BYTES);
  }

  /// For `GITHUB_STEP_SUMMARY`.
  public static String summary(GateReport report) {
    return of(report, MAX_SUMMARY_BYTES);
  }

  private static String of(GateReport report, int maxBytes) {
    String head =
        "%s\n### refract: %s\n\n".formatted(MARKER, Markdown.escaped(report.headline()))
            + "| check | verdict | |\n|---|---|---|\n";
    String alpha =
        "\nalpha %.4g%s. Intervals are clustered by image.\n"
            .formatted(
                report.alpha(),
                report.attempts() > 1
                    ? ", divided by %d attempts on this commit".formatted(report.attempts())
                    : "");
    List<String> rows =
        report.checks().stream()
            .sorted(Comparator.comparingInt(check -> rank(check.verdict())))
            .map(GateMarkdown::row)
            .toList();
    List<String> warnings =
        report.warnings().stream().map(w -> "\n> " + Markdown.escaped(w) + "\n").toList();
    // A quarter is enough for warnings; the checks get the rest.
    String below = alpha + within(maxBytes / 4, warnings, "warnings");
    return head + within(maxBytes - bytes(head) - bytes(below), rows, "checks") + below;
  }

  /// What a reader has to see first.
  private static int rank(GateVerdict verdict) {
    return switch (verdict) {
      case GateVerdict.Refused _ -> 0;
      case GateVerdict.Regression _ -> 1;
      case GateVerdict.Inconclusive _ -> 2;
      case GateVerdict.Pass _ -> 3;
    };
  }

  private static String row(GateReport.Check check) {
    return "| %s | **%s** | %s |\n"
        .formatted(
            Markdown.escaped(check.name()),
            check.verdict().name(),
            Markdown.escaped(check.verdict().words()));
  }

  /// The first blocks that fit, and the number of those that do not.
  private static String within(int maxBytes, List<String> blocks, String name) {
    StringBuilder text = new StringBuilder();
    int left = maxBytes - 40; // for the last line
    for (int i = 0; i < blocks.size(); i++) {
      left -= bytes(blocks.get(i));
      if (left < 0) {
        return text + "\nand %d more %s\n".formatted(blocks.size() - i, name);
      }
      text.append(blocks.get(i));
    }
    return text.toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
