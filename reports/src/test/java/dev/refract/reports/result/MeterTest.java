package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.stats.Percentiles;
import dev.refract.reports.tally.HardwareTally;
import dev.refract.reports.tally.MeterTally;
import dev.refract.reports.telemetry.GpuTelemetry;
import dev.refract.reports.telemetry.Hardware;
import dev.refract.reports.telemetry.ServerTelemetry;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterTest {

  @Test
  void aServerOfKnownServiceTimesHasTheFiguresThatFollow() {
    // Four at a time, a second each, one after the other: 100 rounds.
    MeterTally tally = new MeterTally();
    for (int round = 0; round < 100; round++) {
      for (int slot = 0; slot < 4; slot++) {
        tally.add(caption(1_000 + 1_000L * round, 1, 700, 50, null));
      }
    }
    tally.add(caption(5_000, 9, null, null, new Failure(FailureKind.TIMEOUT, "late")));
    Meter meter = Objects.requireNonNull(tally.meter());
    assertThat(meter.landed()).isEqualTo(400);
    assertThat(meter.failed()).isOne();
    assertThat(meter.seconds()).isEqualTo(100);
    assertThat(meter.perSecond()).isEqualTo(4);
    assertThat(meter.tokens().inputTokensPerSecond()).isEqualTo(2_800);
    assertThat(meter.tokens().outputTokensPerSecond()).isEqualTo(200);
    assertThat(meter.inFlight()).isEqualTo(4, within(1e-9));
    assertThat(meter.mostInFlight()).isBetween(4, 8); // rounds touch
    assertThat(meter.latency().p95()).isEqualTo(1);
    assertThat(meter.latency().p99()).as("400 are too few").isNull();
  }

  @Test
  void uncountedTokensAreNotZero() {
    MeterTally tally = new MeterTally();
    tally.add(caption(1_000, 1, 700, 50, null));
    tally.add(caption(2_000, 1, null, null, null));
    assertThat(Objects.requireNonNull(tally.meter()).tokens().outputTokensPerSecond()).isNull();
    assertThat(new MeterTally().meter()).isNull();
  }

  @Test
  void saturationIsTheShareOfTimeNearTheMaximumInFlight() {
    MeterTally tally = new MeterTally();
    for (int i = 0; i < 10; i++) {
      tally.add(caption(1_000, 3, 1, 1, null));
    }
    tally.add(caption(1_000, 4, 1, 1, null));
    Meter meter = Objects.requireNonNull(tally.meter());
    assertThat(meter.mostInFlight()).isEqualTo(11);
    assertThat(meter.saturated()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void percentilesAreNumPysAndNeedEnoughValues() {
    Percentiles percentiles =
        new Percentiles(IntStream.rangeClosed(1, 700).mapToDouble(i -> i).toArray());
    assertThat(percentiles.at(0.5)).hasValue(350.5);
    assertThat(percentiles.at(0.99).orElseThrow()).isCloseTo(693.01, within(1e-9));
    assertThat(List.of(needed(0.5), needed(0.9), needed(0.95), needed(0.99)))
        .containsExactly(11, 64, 130, 662);
  }

  private static int needed(double p) {
    return Percentiles.needed(p);
  }

  @Test
  void energyIsCountedAcrossSessionsAndResetsAndIntegratedFromPower() {
    HardwareTally tally = new HardwareTally();
    for (int i = 0; i <= 10; i++) {
      tally.add(gpu(1_000 + 200L * i, 300, 5_000 + 60.0 * i)); // 600 J in 2 s
    }
    for (int i = 0; i <= 5; i++) {
      tally.add(gpu(900_000 + 200L * i, 300, 10 + 60.0 * i)); // the driver restarted: 300 J in 1 s
    }
    Hardware hardware = Objects.requireNonNull(tally.hardware(9));
    assertThat(hardware.gpus()).isOne();
    assertThat(hardware.joules()).isCloseTo(900, within(1e-9));
    assertThat(hardware.integratedJoules()).isCloseTo(900, within(1e-9));
    assertThat(hardware.joulesPerCaption()).isCloseTo(100, within(1e-9));
    assertThat(hardware.watts()).isEqualTo(300);
    assertThat(hardware.clockReasons()).containsExactly("power cap");
    assertThat(hardware.clientCpu()).isNull();
  }

  @Test
  void aRestartedServerCountsFromZero() {
    HardwareTally tally = new HardwareTally();
    tally.add(server(1_000, 100));
    tally.add(server(2_000, 150));
    tally.add(server(3_000, 20));
    tally.add(server(4_000, 30));
    assertThat(Objects.requireNonNull(tally.hardware(1)).serverOutputTokens()).isEqualTo(80);
    assertThat(new HardwareTally().hardware(1)).isNull();
  }

  private static CaptionRecord caption(
      long started,
      double seconds,
      @Nullable Integer in,
      @Nullable Integer out,
      @Nullable Failure failure) {
    String text = failure == null ? "text" : null;
    return new CaptionRecord(
        "f",
        "d",
        "i",
        "s",
        0,
        null,
        text,
        Ending.of("stop"),
        new TokenCounts(in, null, out, null),
        failure,
        null,
        new RequestTime(started, seconds));
  }

  private static TelemetryRecord gpu(long millis, double watts, double joules) {
    return TelemetryRecord.gpu(
        millis, "0", new GpuTelemetry(0.9, null, watts, joules, null, 4L, null));
  }

  private static TelemetryRecord server(long millis, double tokens) {
    return TelemetryRecord.server(
        millis, "http://s", new ServerTelemetry(1.0, 0.0, null, 1.0, tokens, null, null));
  }
}
