package dev.refract.reports.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.gate.GatePolicy.OnInconclusive;
import dev.refract.reports.gate.GatePolicy.Rules;
import dev.refract.reports.gate.GatePolicy.Suite;
import dev.refract.reports.gate.GatePolicy.Throughput;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a policy may ask, and what it asks of one benchmark.
class GatePolicyTest {

  private static final Rules LOOSE = new Rules(100.0, null, null, null, null);

  @Test
  void alphaLiesAboveZeroAndAtMostAtOneHalf() {
    assertThat(policy(0.5).level()).isEqualTo(0.5);
    assertThat(policy(1e-9).level()).isEqualTo(1e-9);
    assertThat(policy(null).level()).isEqualTo(0.05);
    refused(() -> policy(0.0), "'alpha'", "0.5", "0.0");
    refused(() -> policy(0.51), "'alpha'", "0.51");
    refused(() -> policy(Double.NaN), "'alpha'", "NaN");
  }

  @Test
  void aPolicyThatAsksNothingIsRefused() {
    refused(() -> new GatePolicy(0.05, OnInconclusive.PASS, null, null, null, null, null), "'de");
  }

  @Test
  void eachPartAloneIsAPolicy() {
    assertThat(new GatePolicy(null, null, LOOSE, null, null, null, null).defaults()).isNotNull();
    assertThat(new GatePolicy(null, null, null, Map.of(), null, null, null).benchmarks()).isEmpty();
    assertThat(new GatePolicy(null, null, null, null, suite(1.0, null, null), null, null).suite())
        .isNotNull();
    assertThat(new GatePolicy(null, null, null, null, null, List.of("g"), null).groups())
        .containsExactly("g");
    assertThat(new GatePolicy(null, null, null, null, null, null, new Throughput(1.0)).throughput())
        .isEqualTo(new Throughput(1.0));
  }

  @Test
  void aGroupHasAName() {
    refused(
        () -> new GatePolicy(null, null, null, null, null, List.of("a", " "), null), "'groups'");
    refused(
        () -> new GatePolicy(null, null, null, null, null, Arrays.asList("a", null), null),
        "'groups'");
  }

  @Test
  void whatCannotBeToldFailsUnlessThePolicySaysOtherwise() {
    assertThat(inconclusive(null).failsInconclusive()).isTrue();
    assertThat(inconclusive(OnInconclusive.FAIL).failsInconclusive()).isTrue();
    assertThat(inconclusive(OnInconclusive.PASS).failsInconclusive()).isFalse();
  }

  @Test
  void rulesHoldTheirLimits() {
    assertThat(new Rules(0.0, 1, 1, 0.0, 0.0).margin()).isZero();
    assertThat(new Rules(100.0, Integer.MAX_VALUE, Integer.MAX_VALUE, 100.0, 100.0).minImages())
        .isEqualTo(Integer.MAX_VALUE);
    refused(() -> new Rules(-0.1, null, null, null, null), "'margin'", "0 to 100", "-0.1");
    refused(() -> new Rules(100.1, null, null, null, null), "'margin'", "0 to 100", "100.1");
    refused(() -> new Rules(Double.NaN, null, null, null, null), "'margin'", "NaN");
    refused(() -> new Rules(null, 0, null, null, null), "'min_questions'", "1 to", "0");
    refused(() -> new Rules(null, null, 0, null, null), "'min_images'", "1 to", "0");
    refused(() -> new Rules(null, null, null, -0.1, null), "'max_failed'", "-0.1");
    refused(() -> new Rules(null, null, null, 100.1, null), "'max_failed'", "100.1");
    refused(() -> new Rules(null, null, null, null, -0.1), "'max_unparsed'", "-0.1");
    refused(() -> new Rules(null, null, null, null, 100.1), "'max_unparsed'", "100.1");
  }

  @Test
  void aSuiteHoldsItsLimits() {
    assertThat(suite(0.0, 0.0, 1.0).maxCaptionWords()).isEqualTo(1.0);
    assertThat(suite(100.0, 100.0, 1e9).maxTruncated()).isEqualTo(100.0);
    refused(() -> suite(-0.1, null, null), "'margin'", "-0.1");
    refused(() -> suite(100.1, null, null), "'margin'", "100.1");
    refused(() -> suite(null, -0.1, null), "'max_truncated'", "-0.1");
    refused(() -> suite(null, 100.1, null), "'max_truncated'", "100.1");
    refused(() -> suite(null, null, 0.9), "'max_caption_words'", "1 to 1000000000", "0.9");
    refused(() -> suite(null, null, 1.1e9), "'max_caption_words'", "1.1E9");
  }

  @Test
  void aThroughputHasARatioWithinItsLimits() {
    assertThat(new Throughput(0.01).minRatio()).isEqualTo(0.01);
    assertThat(new Throughput(100.0).minRatio()).isEqualTo(100.0);
    refused(() -> new Throughput(0.009), "'min_ratio'", "0.01 to 100", "0.009");
    refused(() -> new Throughput(100.1), "'min_ratio'", "100.1");
    assertThatThrownBy(() -> RunJson.MAPPER.readValue("{\"min_ratio\":null}", Throughput.class))
        .hasMessageContaining("min_ratio");
  }

  @Test
  void whatABenchmarkLeavesOutTheDefaultsSay() {
    Rules usual = new Rules(2.0, 30, 10, 1.0, 5.0);
    Map<String, Rules> own =
        Map.of(
            "charts",
            new Rules(0.0, 1, 2, 3.0, 4.0),
            "tables",
            new Rules(7.0, null, null, null, null));
    GatePolicy policy = new GatePolicy(null, null, usual, own, null, null, null);
    assertThat(policy.rules("charts")).isEqualTo(new Rules(0.0, 1, 2, 3.0, 4.0));
    assertThat(policy.rules("tables")).isEqualTo(new Rules(7.0, 30, 10, 1.0, 5.0));
    assertThat(policy.rules("others")).isEqualTo(usual);
  }

  @Test
  void withoutDefaultsABenchmarkIsAskedItsOwnOrNothing() {
    Rules own = new Rules(7.0, null, null, null, null);
    GatePolicy policy = new GatePolicy(null, null, null, Map.of("a", own), null, null, null);
    assertThat(policy.rules("a")).isEqualTo(own);
    assertThat(policy.rules("b")).isEqualTo(new Rules(null, null, null, null, null));
    assertThat(new GatePolicy(null, null, null, null, null, List.of("g"), null).rules("a"))
        .isEqualTo(new Rules(null, null, null, null, null));
  }

  private static GatePolicy policy(@Nullable Double alpha) {
    return new GatePolicy(alpha, null, LOOSE, null, null, null, null);
  }

  private static GatePolicy inconclusive(@Nullable OnInconclusive meaning) {
    return new GatePolicy(null, meaning, LOOSE, null, null, null, null);
  }

  private static Suite suite(
      @Nullable Double margin, @Nullable Double truncated, @Nullable Double words) {
    return new Suite(margin, truncated, words, null, null, null);
  }

  private static void refused(ThrowingCallable call, String... facts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(facts);
  }
}
