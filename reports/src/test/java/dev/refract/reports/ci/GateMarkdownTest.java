package dev.refract.reports.ci;

import static dev.refract.reports.ci.Reports.PASS;
import static dev.refract.reports.ci.Reports.UNSURE;
import static dev.refract.reports.ci.Reports.WORSE;
import static dev.refract.reports.ci.Reports.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateVerdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A gate's report as Markdown that no text can break.
class GateMarkdownTest {

  @Test
  void theMarkerComesFirstThenTheHeadlineThenATableOfChecks() {
    String text = GateMarkdown.comment(Reports.of(true, check("a", PASS), check("b", WORSE)));
    assertThat(text.lines().toList())
        .startsWith(
            "<!-- refract-gate -->",
            "### refract: new against old: regression (1 of 2 checks)",
            "",
            "| check | verdict | |",
            "|---|---|---|",
            "| b | **regression** | dropped |",
            "| a | **pass** | fine |",
            "");
    assertThat(text).contains("alpha 0.05000").doesNotContain("attempts").doesNotContain("\n>");
  }

  @Test
  void severalAttemptsAndWarningsAreTold() {
    String text =
        GateMarkdown.comment(
            Reports.of(true, 4, List.of("too *fine*", "too few"), List.of(check("a", PASS))));
    assertThat(text)
        .contains("alpha 0.01250", "4 attempts", "\n> too \\*fine\\*\n", "\n> too few\n");
  }

  @Test
  void namesAndWordsOfChecksAreEscaped() {
    GateVerdict words = new GateVerdict.Regression("x | y");
    assertThat(GateMarkdown.comment(Reports.of(true, check("a|b", words))))
        .contains("| a\\|b | **regression** | x \\| y |\n");
  }

  @Test
  void checksThatFailedStandFirst() {
    String text =
        GateMarkdown.comment(
            Reports.of(true, check("good", PASS), check("unsure", UNSURE), check("bad", WORSE)));
    assertThat(text.indexOf("| bad |")).isBetween(0, text.indexOf("| unsure |"));
    assertThat(text.indexOf("| unsure |")).isLessThan(text.indexOf("| good |"));
  }

  @Test
  void aReportThatGitHubWouldRefuseSaysHowManyChecksAreLeftOut() {
    GateVerdict words = new GateVerdict.Pass("ä".repeat(490)); // 980 bytes
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      checks.add(check("c", words));
    }
    checks.add(check("the last", WORSE));
    String comment = GateMarkdown.comment(Reports.of(true, 1, List.of("w"), checks));
    String summary = GateMarkdown.summary(Reports.of(true, 1, List.of("w"), checks));
    assertThat(comment.getBytes(StandardCharsets.UTF_8).length).isBetween(60_000, 65_000);
    assertThat(summary.getBytes(StandardCharsets.UTF_8).length).isBetween(990_000, 1_000_000);
    long shown = comment.lines().filter(line -> line.startsWith("| c |")).count();
    assertThat(shown).isBetween(60L, 65L); // 1,000 bytes each
    assertThat(comment)
        .contains("| the last |", "\nand %d more checks\n".formatted(1_500 - shown), "\n> w\n");
  }

  @Test
  void warningsWithoutEndLeaveRoomForTheChecks() {
    List<String> warnings = Collections.nCopies(500, "w".repeat(1_000));
    String comment =
        GateMarkdown.comment(Reports.of(true, 1, warnings, List.of(check("a", WORSE))));
    assertThat(comment).hasSizeLessThan(65_000).contains("| a |", " more warnings\n");
  }
}
