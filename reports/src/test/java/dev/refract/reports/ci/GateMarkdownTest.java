package dev.refract.reports.ci;

import static dev.refract.reports.ci.Reports.PASS;
import static dev.refract.reports.ci.Reports.WORSE;
import static dev.refract.reports.ci.Reports.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateVerdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A gate's report as Markdown that no text can break.
class GateMarkdownTest {

  @Test
  void theMarkerComesFirstThenTheHeadlineThenATableOfChecks() {
    String text = GateMarkdown.of(Reports.of(true, check("a", PASS), check("b", WORSE)));
    assertThat(text.lines().toList())
        .startsWith(
            "<!-- refract-gate -->",
            "### refract: new against old: regression (1 of 2 checks)",
            "",
            "| check | verdict | |",
            "|---|---|---|",
            "| a | **pass** | fine |",
            "| b | **regression** | dropped |",
            "");
    assertThat(text).contains("alpha 0.05000").doesNotContain("attempts").doesNotContain("\n>");
  }

  @Test
  void severalAttemptsAndWarningsAreTold() {
    String text =
        GateMarkdown.of(
            Reports.of(true, 4, List.of("too *fine*", "too few"), List.of(check("a", PASS))));
    assertThat(text)
        .contains("alpha 0.01250", "4 attempts", "\n> too \\*fine\\*\n", "\n> too few\n");
  }

  @Test
  void namesAndWordsOfChecksAreEscaped() {
    GateVerdict words = new GateVerdict.Regression("x | y");
    assertThat(GateMarkdown.of(Reports.of(true, check("a|b", words))))
        .contains("| a\\|b | **regression** | x \\| y |\n");
  }

  @Test
  void aReportThatGitHubWouldRefuseEndsWithTheNumberOfWhatIsLeftOut() {
    GateVerdict words = new GateVerdict.Pass("ä".repeat(4_990)); // 9,980 bytes
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      checks.add(check("c", words));
    }
    String text = GateMarkdown.of(Reports.of(true, 1, List.of("w"), checks));
    long rows = text.lines().filter(line -> line.startsWith("| c |")).count();
    assertThat(rows).isEqualTo(99); // each row has 10,001 bytes
    assertThat(text).endsWith("\nand 51 more checks\n");
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_100);
  }
}
