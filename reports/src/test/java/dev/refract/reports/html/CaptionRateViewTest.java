package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.html.part.CaptionRateView;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptionRateViewTest {

  @Test
  void aServerThatHalvesItsSpeedIsVisibleAndAPauseIsNot() {
    List<CaptionRecord> captions = new ArrayList<>();
    long at = 1_000_000;
    for (int i = 0; i < 100; i++, at += 1_000) {
      captions.add(caption(i, at, 1));
    }
    at += 3_600_000; // a resumed run
    for (int i = 100; i < 150; i++, at += 2_000) {
      captions.add(caption(i, at, 2));
    }
    CaptionRateView pace = CaptionRateView.of(captions);
    assertThat(pace.plot()).contains("<svg");
    assertThat(pace.rows()).hasSize(30);
    assertThat(pace.rows().getLast().minute()).isCloseTo(3.33, within(0.01));
    assertThat(pace.rows().stream().mapToInt(CaptionRateView.Row::captions).sum()).isEqualTo(150);
    assertThat(pace.rows().get(3).rate()).isBetween(0.8, 1.2);
    assertThat(pace.rows().get(26).rate()).isBetween(0.4, 0.6);
  }

  @Test
  void tooFewCaptionsAndReusedOnesHaveNoRate() {
    assertThat(CaptionRateView.of(List.of()).plot()).isEmpty();
    List<CaptionRecord> reused = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      reused.add(caption(i, 1_000L + i, 1).reused());
    }
    assertThat(CaptionRateView.of(reused).plot()).isEmpty();
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
        Ending.of("stop"),
        new TokenCounts(null, null, 1, null),
        null,
        null,
        new RequestTime(started, seconds));
  }
}
