package dev.refract.reports.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.Meter.TokenRates;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.TokenCounts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How fast a stage was, by hand.
class MeterTallyTest {

  private static final Failure LATE = new Failure(FailureKind.TIMEOUT, "late");

  @Test
  void whereNothingWasTimedThereIsNoMeter() {
    MeterTally tally = new MeterTally();
    assertThat(tally.meter()).isNull();
    tally.add(caption(0, 9, TokenCounts.UNKNOWN, "stop", null, null));
    tally.add(caption(1000, 9, TokenCounts.UNKNOWN, null, LATE, List.of(LATE)));
    assertThat(tally.meter()).isNull();
    assertThat(tally.spans().size()).isZero();
    tally.add(caption(1000, 0, TokenCounts.UNKNOWN, "stop", null, null));
    assertThat(tally.meter()).isNull(); // no time
  }

  @Test
  void ratesAreOverTheTimeInWhichRequestsWereInFlight() {
    MeterTally tally = new MeterTally();
    tally.add(caption(1000, 4, new TokenCounts(100, 60, 10, null), "stop", null, null));
    tally.add(caption(2000, 1, new TokenCounts(200, 80, 30, null), "length", null, null));
    tally.add(caption(9000, 1, new TokenCounts(300, 100, 50, null), "stop", null, null));
    Meter meter = Objects.requireNonNull(tally.meter());
    assertThat(meter.landed()).isEqualTo(3);
    assertThat(meter.failed()).isZero();
    assertThat(meter.truncated()).isEqualTo(1);
    assertThat(meter.retried()).isZero();
    assertThat(meter.seconds()).isEqualTo(5);
    assertThat(meter.perSecond()).isEqualTo(0.6);
    assertThat(meter.tokens()).isEqualTo(new TokenRates(120.0, 48.0, 18.0, null));
    assertThat(meter.inFlight()).isCloseTo(1.2, within(1e-12)); // 6 s of requests in 5 s
    assertThat(meter.mostInFlight()).isEqualTo(2);
    assertThat(meter.saturated()).isCloseTo(0.2, within(1e-12)); // both for 1 s of 5
    assertThat(meter.latency().mean()).isEqualTo(2);
    assertThat(meter.latency().p50()).isNull();
  }

  @Test
  void failuresAndAttemptsAreCountedAndTakeNoTime() {
    MeterTally tally = new MeterTally();
    tally.add(caption(1000, 2, TokenCounts.UNKNOWN, "stop", null, List.of(LATE, LATE)));
    tally.add(caption(1000, 50, TokenCounts.UNKNOWN, "length", LATE, List.of(LATE)));
    tally.add(caption(0, 50, TokenCounts.UNKNOWN, "length", LATE, List.of(LATE)));
    Meter meter = Objects.requireNonNull(tally.meter());
    assertThat(meter.landed()).isEqualTo(1);
    assertThat(meter.failed()).isEqualTo(1);
    assertThat(meter.retried()).isEqualTo(3);
    assertThat(meter.truncated()).isZero();
    assertThat(meter.seconds()).isEqualTo(2);
  }

  @Test
  void tokensOfWhichOneReplyWasNotCountedHaveNoRate() {
    MeterTally tally = new MeterTally();
    tally.add(caption(1000, 1, new TokenCounts(100, null, 10, "qwen"), "stop", null, null));
    tally.add(caption(2000, 1, new TokenCounts(null, 5, 20, null), "stop", null, null));
    assertThat(Objects.requireNonNull(tally.meter()).tokens())
        .isEqualTo(new TokenRates(null, null, 15.0, "qwen"));
  }

  @Test
  void answersAreMeteredLikeCaptions() {
    MeterTally tally = new MeterTally();
    tally.add(answer(1000, 2, 40, 6, "qwen", "length", null, List.of(LATE)));
    tally.add(answer(1000, 2, 10, 2, null, "stop", null, null));
    tally.add(answer(1000, 9, null, null, null, null, LATE, null));
    tally.add(answer(0, 9, null, null, null, "stop", null, null));
    Meter meter = Objects.requireNonNull(tally.meter());
    assertThat(meter.landed()).isEqualTo(2);
    assertThat(meter.failed()).isEqualTo(1);
    assertThat(meter.truncated()).isEqualTo(1);
    assertThat(meter.retried()).isEqualTo(1);
    assertThat(meter.tokens()).isEqualTo(new TokenRates(25.0, null, 4.0, "qwen"));
    assertThat(meter.saturated()).isEqualTo(1);
  }

  @Test
  void saturatedIsTheTimeWithNineTenthsOfTheMost() {
    // Ten at once for 1 s, nine for another, then eight: nine tenths of ten are nine.
    MeterTally tally = new MeterTally();
    for (int i = 0; i < 10; i++) {
      double seconds = i == 0 ? 1 : i == 1 ? 2 : 4;
      tally.add(caption(1000, seconds, TokenCounts.UNKNOWN, "stop", null, null));
    }
    Meter meter = Objects.requireNonNull(tally.meter());
    assertThat(meter.mostInFlight()).isEqualTo(10);
    assertThat(meter.saturated()).isEqualTo(0.5);
  }

  @Test
  void percentilesComeWithEnoughRequests() {
    MeterTally tally = new MeterTally();
    for (int i = 0; i < 64; i++) {
      tally.add(caption(1000 + 100_000L * i, i + 1, TokenCounts.UNKNOWN, "stop", null, null));
    }
    Meter.Latency latency = Objects.requireNonNull(tally.meter()).latency();
    assertThat(latency.mean()).isEqualTo(32.5);
    assertThat(latency.p50()).isCloseTo(32.5, within(1e-9));
    assertThat(latency.p90()).isCloseTo(57.7, within(1e-9));
    assertThat(latency.p95()).isNull();
    assertThat(latency.p99()).isNull();
  }

  private static CaptionRecord caption(
      long started,
      double seconds,
      TokenCounts tokens,
      @Nullable String end,
      @Nullable Failure failure,
      @Nullable List<Failure> retried) {
    return new CaptionRecord(
        "f",
        "d",
        "i",
        "s",
        0,
        null,
        failure == null ? "text" : null,
        Ending.of(end),
        tokens,
        failure,
        retried,
        new RequestTime(started, seconds));
  }

  private static AnswerRecord answer(
      long started,
      double seconds,
      @Nullable Integer input,
      @Nullable Integer output,
      @Nullable String tokenizer,
      @Nullable String end,
      @Nullable Failure failure,
      @Nullable List<Failure> retried) {
    return new AnswerRecord(
        "f",
        "d",
        "q",
        "c",
        failure == null ? "reply" : null,
        Ending.of(end),
        input,
        output,
        tokenizer,
        failure,
        retried,
        new RequestTime(started, seconds));
  }
}
