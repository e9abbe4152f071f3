package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.CaptionRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void aServerThatHalvesItsSpeedIsSeenToAndAPauseIsNot() {
    List<CaptionRecord> captions = new ArrayList<>();
    long at = 1_000_000;
    for (int i = 0; i < 100; i++, at += 1_000) {
      captions.add(caption(i, at, 1));
    }
    at += 3_600_000; // a resumed run
    for (int i = 100; i < 150; i++, at += 2_000) {
      captions.add(caption(i, at, 2));
    }
    Pace pace = Pace.of(captions);
    assertThat(pace.plot()).contains("<svg");
    assertThat(pace.rows()).hasSize(30);
    assertThat(pace.rows().getLast().minute()).isEqualTo("3.33");
    assertThat(pace.rows().stream().mapToInt(Pace.Row::captions).sum()).isEqualTo(150);
    assertThat(Double.parseDouble(pace.rows().get(3).rate())).isBetween(0.8, 1.2);
    assertThat(Double.parseDouble(pace.rows().get(26).rate())).isBetween(0.4, 0.6);
  }

  @Test
  void fewCaptionsAndThoseOfAnotherRunHaveNoPace() {
    assertThat(Pace.of(List.of()).plot()).isEmpty();
    List<CaptionRecord> reused = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      reused.add(caption(i, 1_000L + i, 1).reused());
    }
    assertThat(Pace.of(reused).plot()).isEmpty();
  }

  private static CaptionRecord caption(int number, long started, double seconds) {
    return new CaptionRecord(
        "f" + number,
        "d",
        "i",
        "s",
        0,
        null,
        "text",
        "stop",
        null,
        null,
        1,
        null,
        null,
        null,
        started,
        seconds);
  }
}
