package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.compare.SmallRuns;
import dev.refract.reports.html.part.OutcomeShares;
import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.telemetry.Hardware;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The speed of a run on the board, and the shares of its outcomes.
class ThroughputViewTest {

  private static final ThroughputView NONE = new ThroughputView(null, null, null, null, null);
  private static final RunRecord RUN = SmallRuns.record("run");

  @Test
  void withoutHardwareTheRateAndTheTokensAreOfTheWholeServer() {
    assertThat(ThroughputView.of(RUN, timing(6, 900.0, null)))
        .isEqualTo(new ThroughputView(6.0, null, null, 900.0, null));
    assertThat(ThroughputView.of(RUN, timing(6, null, null)))
        .isEqualTo(new ThroughputView(6.0, null, null, null, null));
  }

  @Test
  void gpusShareTheRateAndTheTokens() {
    assertThat(ThroughputView.of(RUN, timing(6, 900.0, hardware(3, null, 12.5))))
        .isEqualTo(new ThroughputView(6.0, null, 2.0, 300.0, 12.5));
    assertThat(ThroughputView.of(RUN, timing(6, 900.0, hardware(1, null, null))))
        .isEqualTo(new ThroughputView(6.0, null, 6.0, 900.0, null));
    assertThat(ThroughputView.of(RUN, timing(6, 900.0, hardware(0, null, null))))
        .isEqualTo(new ThroughputView(6.0, null, null, 900.0, null));
  }

  @Test
  void aCacheWithMoreThanHalfOfTheLookupsIsWarm() {
    assertThat(ThroughputView.of(RUN, timing(6, null, hardware(0, 0.5, null))))
        .isEqualTo(new ThroughputView(6.0, null, null, null, null));
    assertThat(ThroughputView.of(RUN, timing(6, null, hardware(0, 0.51, null))))
        .isEqualTo(new ThroughputView(null, 6.0, null, null, null));
  }

  @Test
  void aControlAndARunThatWasNotTimedHaveNoSpeed() {
    RunRecord control = SmallRuns.record("blind", new ModelIdentity.Blind(), SmallRuns.ANSWERER);
    assertThat(ThroughputView.of(control, timing(6, 900.0, hardware(1, null, 1.0))))
        .isEqualTo(NONE);
    assertThat(ThroughputView.of(RUN, timing(0, 900.0, hardware(1, null, 1.0)))).isEqualTo(NONE);
  }

  @Test
  void outcomesAreSharesOfAllAnswers() {
    assertThat(OutcomeShares.of(new Summary.OutcomeCounts(5, 1, 2, 3, 4), 20))
        .isEqualTo(new OutcomeShares(0.1, 0.05, 0.15, 0.2));
    assertThat(OutcomeShares.of(new Summary.OutcomeCounts(0, 0, 0, 0, 0), 0))
        .isEqualTo(new OutcomeShares(null, null, null, null));
    assertThat(OutcomeShares.of(new Summary.OutcomeCounts(0, 0, 0, 0, 0), 1))
        .isEqualTo(new OutcomeShares(0.0, 0.0, 0.0, 0.0));
    assertThat(NumberFormats.share(1, 4)).isEqualTo(0.25);
  }

  private static Summary.Timing timing(
      double perSecond, @Nullable Double tokens, @Nullable Hardware hardware) {
    Meter meter =
        new Meter(
            1,
            0,
            0,
            0,
            1,
            1,
            new Meter.TokenRates(null, null, tokens, null),
            1,
            1,
            1,
            new Meter.Latency(1, null, null, null, null));
    return new Summary.Timing(
        10, 1, perSecond, 0, 0, tokens == null ? null : meter, null, hardware);
  }

  private static Hardware hardware(
      int gpus, @Nullable Double cacheHits, @Nullable Double joulesPerCaption) {
    return new Hardware(
        null, gpus, null, null, joulesPerCaption, null, null, List.of(), null, null, cacheHits);
  }
}
