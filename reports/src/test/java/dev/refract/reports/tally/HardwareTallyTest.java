package dev.refract.reports.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.telemetry.GpuTelemetry;
import dev.refract.reports.telemetry.Hardware;
import dev.refract.reports.telemetry.ServerTelemetry;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What telemetry adds up to, by hand.
class HardwareTallyTest {

  @Test
  void whereNobodyToldThereIsNothing() {
    assertThat(new HardwareTally().hardware(5)).isNull();
  }

  @Test
  void theClientsShareIsAMeanAndTheRestIsUnknown() {
    Hardware found =
        tally(1, TelemetryRecord.client(1000, 0.1), TelemetryRecord.client(999_000, 0.5));
    assertThat(found.clientCpu()).isCloseTo(0.3, within(1e-12));
    assertThat(found)
        .isEqualTo(
            new Hardware(
                found.clientCpu(), 0, null, null, null, null, null, List.of(), null, null, null));
  }

  @Test
  void energyIsTheCountersAndBesideItThePowerOverTime() {
    Hardware found =
        tally(
            4,
            gpu(1000, "0", 0.5, 100.0, 1000.0, 0),
            gpu(3000, "0", 1.0, 300.0, 1500.0, 0),
            gpu(4000, "0", 0.6, 500.0, 1800.0, 0));
    assertThat(found.gpus()).isEqualTo(1);
    assertThat(found.joules()).isEqualTo(800);
    assertThat(found.integratedJoules()).isEqualTo(800); // 200 W * 2 s + 400 W * 1 s
    assertThat(found.joulesPerCaption()).isEqualTo(200);
    assertThat(found.watts()).isEqualTo(300);
    assertThat(found.utilization()).isCloseTo(0.7, within(1e-12));
    assertThat(found.clientCpu()).isNull();
  }

  @Test
  void withoutACounterThePowerStandsForTheEnergyOfACaption() {
    Hardware found =
        tally(2, gpu(1000, "0", null, 100.0, null, 0), gpu(2000, "0", null, 300.0, null, 0));
    assertThat(found.joules()).isNull();
    assertThat(found.integratedJoules()).isEqualTo(200);
    assertThat(found.joulesPerCaption()).isEqualTo(100);
    assertThat(found.utilization()).isNull();
    assertThat(tally(0, gpu(1000, "0", null, 1.0, 1.0, 0), gpu(2000, "0", null, 1.0, 2.0, 0)))
        .satisfies(none -> assertThat(none.joules()).isEqualTo(1))
        .satisfies(none -> assertThat(none.joulesPerCaption()).isNull());
  }

  @Test
  void severalGpusAddUpAndOneThatIsSilentMakesTheSumUnknown() {
    Hardware two =
        tally(
            1,
            gpu(1000, "0", 0.2, 100.0, 0.0, 0),
            gpu(1000, "1", 0.4, 200.0, 50.0, 0),
            gpu(2000, "0", 0.2, 100.0, 100.0, 0),
            gpu(2000, "1", 0.4, 200.0, 250.0, 0));
    assertThat(two.gpus()).isEqualTo(2);
    assertThat(two.joules()).isEqualTo(300);
    assertThat(two.integratedJoules()).isEqualTo(300);
    assertThat(two.watts()).isEqualTo(300);
    assertThat(two.utilization()).isCloseTo(0.3, within(1e-12));
    Hardware silent =
        tally(
            1,
            gpu(1000, "0", 0.2, 100.0, 0.0, 0),
            gpu(2000, "0", 0.2, 100.0, 100.0, 0),
            gpu(1000, "1", null, null, null, 0),
            gpu(2000, "1", null, null, null, 0));
    assertThat(silent.gpus()).isEqualTo(2);
    assertThat(silent.joules()).isNull();
    assertThat(silent.integratedJoules()).isNull();
    assertThat(silent.watts()).isNull();
    assertThat(silent.utilization()).isNull();
  }

  @Test
  void oneReadingIsNoPower() {
    Hardware one = tally(1, gpu(1000, "0", 0.2, 100.0, 5.0, 0));
    assertThat(one.watts()).isNull();
    assertThat(one.joules()).isNull();
    assertThat(one.integratedJoules()).isNull();
    assertThat(one.utilization()).isEqualTo(0.2);
  }

  @Test
  void betweenTwoSittingsNoEnergyIsSpent() {
    assertThat(
            tally(1, gpu(1000, "0", null, 10.0, 0.0, 0), gpu(6000, "0", null, 10.0, 50.0, 0))
                .joules())
        .isEqualTo(50);
    Hardware apart =
        tally(
            1,
            gpu(1000, "0", null, 10.0, 0.0, 0),
            gpu(6001, "0", null, 10.0, 50.0, 0),
            gpu(7001, "0", null, 10.0, 60.0, 0));
    assertThat(apart.joules()).isEqualTo(10);
    assertThat(apart.integratedJoules()).isEqualTo(10);
  }

  @Test
  void aCounterThatFellHasStartedAnew() {
    assertThat(
            tally(
                    1,
                    gpu(1000, "0", null, null, 900.0, 0),
                    gpu(2000, "0", null, null, 1000.0, 0),
                    gpu(3000, "0", null, null, 30.0, 0))
                .joules())
        .isEqualTo(130);
  }

  @ParameterizedTest
  @CsvSource({
    "0x2, application clocks",
    "0x4, power cap",
    "0x8, hardware slowdown",
    "0x20, software thermal slowdown",
    "0x40, hardware thermal slowdown",
    "0x80, hardware power brake"
  })
  void aBitThatMeansHeldBackIsNamed(String bit, String words) {
    assertThat(tally(1, gpu(1, "0", null, null, null, Long.decode(bit))).clockReasons())
        .containsExactly(words);
  }

  @Test
  void idleClocksAreNotHeldBackAndReasonsGather() {
    assertThat(tally(1, gpu(1, "0", null, null, null, 0x1 | 0x10 | 0x100)).clockReasons())
        .isEmpty();
    assertThat(
            tally(
                    1,
                    gpu(1, "0", null, null, null, 0x40),
                    gpu(2, "0", null, null, null, 0x1),
                    gpu(2, "1", null, null, null, 0x4))
                .clockReasons())
        .containsExactly("power cap", "hardware thermal slowdown");
  }

  @Test
  void serversCountersGrowFromLineToLine() {
    Hardware found =
        tally(
            1,
            server(1000, "a", 100.0, 10.0, 1000.0, 100.0),
            server(2000, "a", 150.0, 30.0, 1100.0, 160.0),
            server(2000, "b", 7.0, 7.0, 7.0, 7.0),
            server(3000, "b", 8.0, 9.0, 107.0, 7.0),
            server(3000, "a", 20.0, 5.0, 50.0, 20.0));
    assertThat(found.serverInputTokens()).isEqualTo(71); // 50, 1, and 20 after a new start
    assertThat(found.serverOutputTokens()).isEqualTo(27); // 20, 2, 5
    assertThat(found.cacheHits()).isCloseTo(80 / 250.0, within(1e-12));
    assertThat(found.gpus()).isZero();
  }

  @Test
  void aServerMayAnswerOneMinuteLateAndNoMore() {
    assertThat(
            tally(
                1,
                server(1000, "a", 0.0, 0.0, null, null),
                server(61_000, "a", 5.0, 6.0, null, null)))
        .satisfies(found -> assertThat(found.serverInputTokens()).isEqualTo(5))
        .satisfies(found -> assertThat(found.serverOutputTokens()).isEqualTo(6))
        .satisfies(found -> assertThat(found.cacheHits()).isNull());
    assertThat(
            tally(
                1, server(1000, "a", 0.0, 0.0, 0.0, 0.0), server(61_001, "a", 5.0, 6.0, 9.0, 1.0)))
        .satisfies(found -> assertThat(found.serverInputTokens()).isNull())
        .satisfies(found -> assertThat(found.serverOutputTokens()).isNull())
        .satisfies(found -> assertThat(found.cacheHits()).isNull());
  }

  @Test
  void aCacheThatNobodyLookedIntoHasNoHits() {
    assertThat(
            tally(1, server(1000, "a", 0.0, 0.0, 5.0, 1.0), server(2000, "a", 5.0, 6.0, 5.0, 1.0))
                .cacheHits())
        .isNull();
    assertThat(
            tally(1, server(1000, "a", 0.0, 0.0, 5.0, 1.0), server(2000, "a", 5.0, 6.0, 9.0, 1.0))
                .cacheHits())
        .isZero();
  }

  @Test
  void whatAServerReadIsUnknownWhereItTellsOnlyWhatItWrote() {
    Hardware found =
        tally(
            1, server(1000, "a", null, 0.0, null, null), server(2000, "a", null, 6.0, null, null));
    assertThat(found.serverOutputTokens()).isEqualTo(6);
    assertThat(found.serverInputTokens()).isNull();
  }

  @Test
  void whatAServerReadIsToldWhereItDoesNotTellWhatItWrote() {
    Hardware found =
        tally(
            1, server(1000, "a", 0.0, null, null, null), server(2000, "a", 6.0, null, null, null));
    assertThat(found.serverInputTokens()).isEqualTo(6);
    assertThat(found.serverOutputTokens()).isNull();
  }

  @Test
  void hitsThatNobodyToldAreUnknown() {
    assertThat(
            tally(1, server(1000, "a", 0.0, 0.0, 5.0, null), server(2000, "a", 5.0, 6.0, 9.0, null))
                .cacheHits())
        .isNull();
  }

  private static Hardware tally(int captions, TelemetryRecord... records) {
    HardwareTally tally = new HardwareTally();
    for (TelemetryRecord record : records) {
      tally.add(record);
    }
    return Objects.requireNonNull(tally.hardware(captions));
  }

  private static TelemetryRecord gpu(
      long millis,
      String index,
      @Nullable Double utilization,
      @Nullable Double watts,
      @Nullable Double joules,
      long bits) {
    return TelemetryRecord.gpu(
        millis, index, new GpuTelemetry(utilization, null, watts, joules, null, bits, null));
  }

  private static TelemetryRecord server(
      long millis,
      String address,
      @Nullable Double input,
      @Nullable Double output,
      @Nullable Double queries,
      @Nullable Double hits) {
    return TelemetryRecord.server(
        millis, address, new ServerTelemetry(null, null, null, input, output, queries, hits));
  }
}
