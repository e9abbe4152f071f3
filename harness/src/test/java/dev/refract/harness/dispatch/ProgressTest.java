package dev.refract.harness.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.Notices;
import dev.refract.harness.os.TerminalControl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the line about a run's progress counts.
@Timeout(30)
class ProgressTest {

  private static final String CLEAR = TerminalControl.CLEAR_LINE;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Progress progress(boolean terminal, int total) {
    return new Progress(
        new Notices(new PrintStream(out, false, StandardCharsets.UTF_8), terminal),
        "chartqa",
        total);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLastLineCountsEachAnswerAsWhatItIs() {
    Progress progress = progress(false, 20);
    progress.found(7);
    progress.found(3);
    progress.answered(true, false);
    progress.answered(true, true);
    progress.answered(false, false);
    progress.close();
    assertThat(printed()).matches("chartqa: 13 answers, 2 asked now, 1 failed, \\d+:\\d\\d\\R");
  }

  @Test
  void theTimeOfARunThatHasJustBegunIsNone() {
    progress(false, 1).close();
    assertThat(printed()).matches("chartqa: 0 answers, 0 asked now, 0 failed, 0:0\\d\\R");
  }

  @Test
  void aTerminalsLineIsClearedFirst() {
    progress(true, 1).close();
    assertThat(printed()).startsWith(CLEAR + "chartqa: 0 answers");
  }

  @Test
  void beforeItsTimeNothingIsPrinted() {
    Progress progress = progress(false, 1000);
    for (int i = 0; i < 1000; i++) {
      progress.answered(true, false);
    }
    assertThat(printed()).isEmpty();
  }

  /// It turns until the clock of the terminal's line has, a fifth of a second.
  @Test
  void aTerminalsLineTellsRateAndTimeLeft() {
    Progress progress = progress(true, Integer.MAX_VALUE);
    int asked = 0;
    while (out.size() == 0) {
      progress.answered(true, asked % 2 == 1);
      asked++;
    }
    assertThat(printed())
        .startsWith(CLEAR + "chartqa: %d/2147483647 answers, ".formatted(asked))
        .contains("/s, %d failed, ETA ".formatted(asked / 2))
        .matches("(?s).* \\d+\\.\\d/s, .* ETA (\\d+h)?\\d+[:m]?\\d*m?")
        .doesNotContain("\n");
  }

  @Test
  void whereNothingWasAskedNoTimeLeftIsTold() {
    Progress progress = progress(true, Integer.MAX_VALUE);
    while (out.size() == 0) {
      progress.answered(false, false);
    }
    assertThat(printed()).contains(" 0.0/s, 0 failed").endsWith("ETA -");
  }
}
