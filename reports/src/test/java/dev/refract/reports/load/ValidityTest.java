package dev.refract.reports.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.load.LoadFigures.Latencies;
import dev.refract.reports.load.LoadFigures.Rates;
import dev.refract.reports.load.LoadFigures.Spread;
import dev.refract.reports.telemetry.Hardware;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Which figures of a load may be published, at each limit.
class ValidityTest {

  @Test
  void whatMeetsEveryLimitIsValid() {
    // 60 s, as many requests as a p99 needs, one in a hundred failed, 70 % of the client.
    Validity valid =
        Validity.of(List.of(window(60, 693, 7, 1.0, 0.7)), 0, hardware(0.5, List.of()));
    assertThat(valid.reasons()).isEmpty();
    assertThat(valid.isValid()).isTrue();
    assertThat(valid.words()).isEqualTo("VALID");
    assertThat(Validity.of(List.of(window(60, 662, 0, null, 0)), 0, null).isValid()).isTrue();
  }

  @Test
  void eachLimitIsAReasonOfItsOwn() {
    assertThat(only(window(59.4, 700, 0, 1.0, 0.1))).contains("59 s", "60");
    assertThat(only(window(60, 661, 0, 1.0, 0.1))).contains("661", "662");
    assertThat(only(window(60, 692, 7, 1.0, 0.1))).contains("7 of 699");
    assertThat(only(window(60, 700, 0, 1.0, 0.71))).contains("71 %");
    assertThat(only(window(60, 700, 0, 1.11, 0.1))).contains("1.11");
    assertThat(only(window(60, 700, 0, 0.89, 0.1))).contains("0.89");
  }

  @Test
  void aDriftOfLessThanATenthIsNone() {
    assertThat(Validity.of(List.of(window(60, 700, 0, 1.09, 0.1)), 0, null).isValid()).isTrue();
    assertThat(Validity.of(List.of(window(60, 700, 0, 0.91, 0.1)), 0, null).isValid()).isTrue();
  }

  @Test
  void oneRepeatedImageIsAReason() {
    assertThat(Validity.of(List.of(good()), 1, null).reasons())
        .singleElement()
        .asString()
        .contains("cache-warm", "1 ");
  }

  @Test
  void aWarmCacheAndHeldBackClocksAreReasons() {
    assertThat(Validity.of(List.of(good()), 0, hardware(0.51, List.of())).reasons())
        .singleElement()
        .asString()
        .contains("cache-warm", "51 %");
    assertThat(Validity.of(List.of(good()), 0, hardware(null, List.of())).isValid()).isTrue();
    assertThat(
            Validity.of(List.of(good()), 0, hardware(0.0, List.of("power cap", "heat"))).reasons())
        .singleElement()
        .asString()
        .contains("power cap", "heat");
  }

  @Test
  void aLoadWithoutAWindowWasStopped() {
    assertThat(Validity.of(List.of(), 0, null).reasons()).containsExactly("stopped");
  }

  @Test
  void aReasonAgainstOneWindowIsOneAgainstAllAndIsSaidOnce() {
    LoadFigures few = window(60, 661, 0, 1.0, 0.1);
    Validity found = Validity.of(List.of(good(), few, few, window(30, 700, 0, 1.0, 0.1)), 0, null);
    assertThat(found.isValid()).isFalse();
    assertThat(found.reasons()).hasSize(2);
    assertThat(found.words()).startsWith("INVALID: ").contains("661", "; ", "30 s");
  }

  @Test
  void aStepHasTheMeanOfItsWindowsAndTheSpreadBetweenThem() {
    LoadStep step =
        LoadStep.of("steady", Validity.VALID, null, List.of(rated(1), rated(3), rated(8)));
    assertThat(step.requestsPerSecond()).isEqualTo(4);
    assertThat(step.spread()).isCloseTo(Math.sqrt(13), within(1e-12)); // (9 + 1 + 16) / 2
    assertThat(step.shape()).isEqualTo("steady");
    assertThat(step.windows()).hasSize(3);
    assertThat(step.isValid()).isTrue();
  }

  @Test
  void aStepOfOneWindowHasNoSpreadAndOneOfNoneHasNoRate() {
    LoadStep one = LoadStep.of("s", Validity.VALID, null, List.of(rated(3)));
    assertThat(List.of(one.requestsPerSecond(), one.spread())).containsExactly(3.0, 0.0);
    LoadStep none = LoadStep.of("s", Validity.of(List.of(), 0, null), null, List.of());
    assertThat(List.of(none.requestsPerSecond(), none.spread())).containsExactly(0.0, 0.0);
    assertThat(none.isValid()).isFalse();
    assertThat(none.verdict()).isEqualTo("INVALID: stopped");
  }

  @Test
  void aSpreadHasThePercentilesThatItsValuesAllow() {
    double[] seconds = new double[64];
    Arrays.setAll(seconds, i -> 63.0 - i);
    assertThat(Spread.of(seconds))
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .usingRecursiveComparison()
        .isEqualTo(new Spread(64, 31.5, 31.5, 56.7, null, null));
    assertThat(Spread.of(new double[] {2, 4}))
        .isEqualTo(new Spread(2, 3.0, null, null, null, null));
    assertThat(Spread.of(new double[0])).isEqualTo(new Spread(0, null, null, null, null, null));
  }

  private static String only(LoadFigures window) {
    List<String> reasons = Validity.of(List.of(good(), window), 0, null).reasons();
    assertThat(reasons).hasSize(1);
    return reasons.getFirst();
  }

  private static LoadFigures good() {
    return window(60, 700, 0, 1.0, 0.1);
  }

  private static LoadFigures window(
      double seconds, int requests, int failed, @Nullable Double drift, double cpu) {
    return figures(seconds, requests, failed, 1, drift, cpu);
  }

  private static LoadFigures rated(double perSecond) {
    return figures(60, 700, 0, perSecond, null, 0);
  }

  private static LoadFigures figures(
      double seconds,
      int requests,
      int failed,
      double perSecond,
      @Nullable Double drift,
      double cpu) {
    Spread none = Spread.of(new double[0]);
    return new LoadFigures(
        "steady",
        seconds,
        requests,
        failed,
        Map.of(),
        0,
        new Rates(perSecond, null, null, null, null),
        new Latencies(none, none, none, none),
        drift,
        cpu);
  }

  private static Hardware hardware(@Nullable Double cacheHits, List<String> clockReasons) {
    return new Hardware(null, 0, null, null, null, null, null, clockReasons, null, null, cacheHits);
  }
}
