package dev.refract.reports.compare;

import static dev.refract.reports.compare.SmallRuns.caption;
import static dev.refract.reports.compare.SmallRuns.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.RunRecord.Environment;
import dev.refract.reports.result.TokenCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When captions were completed, and whether two runs' speeds can be compared.
class ThroughputsTest {

  @Test
  void timeInWhichNothingWasMadeDoesNotCount() {
    assertThat(
            Throughputs.completions(
                List.of(
                    caption("a", "x", "stop", 1000, 1), // until 2
                    caption("b", "x", "stop", 5000, 2), // three idle seconds before it
                    caption("c", "x", "stop", 8000, 1)))) // and one more
        .containsExactly(2.0, 4.0, 5.0);
  }

  @Test
  void whatOverlapsLeavesNoGap() {
    assertThat(
            Throughputs.completions(
                List.of(
                    caption("a", "x", "stop", 1000, 4),
                    caption("b", "x", "stop", 2000, 1),
                    caption("c", "x", "stop", 4000, 2),
                    caption("d", "x", "stop", 6000, 1))))
        .containsExactly(5.0, 3.0, 6.0, 7.0);
  }

  @Test
  void captionsAreTakenInTheOrderInWhichTheyWereBegun() {
    assertThat(
            Throughputs.completions(
                List.of(caption("b", "x", "stop", 5000, 2), caption("a", "x", "stop", 1000, 1))))
        .containsExactly(2.0, 4.0);
  }

  @Test
  void failuresAndWhatAnotherRunMadeAreLeftOut() {
    List<CaptionRecord> captions =
        List.of(
            caption("a", "x", "stop", 0, 9), failed(500, 1), caption("b", "x", "stop", 3000, 2));
    assertThat(Throughputs.completions(captions)).containsExactly(5.0);
    assertThat(Throughputs.began(captions)).isEqualTo(3);
    assertThat(Throughputs.completions(List.of())).isEmpty();
    assertThat(Throughputs.began(List.of())).isZero();
  }

  @Test
  void theFirstToBeginCounts() {
    assertThat(
            Throughputs.began(
                List.of(caption("a", "x", "stop", 2500, 1), caption("b", "x", "stop", 1500, 9))))
        .isEqualTo(1.5);
  }

  @Test
  void twoRunsOnOneMachineHaveTheirRatio() {
    RunData slow = run(SmallRuns.record("a"), 55);
    RunData fast = SmallRuns.run(SmallRuns.record("b"), items("d", 1), SmallRuns.steady(55, 250));
    assertThat(Throughputs.obstacle(slow, fast)).isEmpty();
    assertThat(Throughputs.ratio(slow, fast).orElseThrow().ratio()).isCloseTo(4, within(1e-9));
    Comparison.Throughput told = Throughputs.compare(slow, fast);
    assertThat(told.ratio()).isNotNull();
    assertThat(told.note()).isNotEmpty();
  }

  @Test
  void fewerThanFiftyFiveCaptionsOfEitherAreTooFew() {
    RunData enough = run(SmallRuns.record("a"), 55);
    RunData few = run(SmallRuns.record("b"), 54);
    assertThat(Throughputs.obstacle(enough, few)).contains("54");
    assertThat(Throughputs.obstacle(few, enough)).contains("54");
    assertThat(Throughputs.ratio(enough, few)).isEmpty();
    assertThat(Throughputs.compare(enough, few).ratio()).isNull();
    assertThat(Throughputs.compare(enough, few).note()).contains("54");
  }

  @Test
  void anotherMachineIsNamed() {
    RunData here = run(SmallRuns.record("a"), 55);
    assertThat(Throughputs.obstacle(here, run(on("Linux", "epyc", 2), 55))).contains("cpu", "epyc");
    assertThat(Throughputs.obstacle(here, run(on("Linux", "cpu", 96), 55))).contains("2", "96");
    assertThat(Throughputs.obstacle(here, run(on("macOS", "cpu", 2), 55))).isNotEmpty();
    assertThat(Throughputs.obstacle(here, run(on("Linux", "cpu", 2), 55))).isEmpty();
  }

  @Test
  void aControlOnEitherSideHasNoSpeed() {
    RunData captioner = run(SmallRuns.record("a"), 55);
    RunData blind = run(SmallRuns.record("b", new ModelIdentity.Blind(), SmallRuns.ANSWERER), 55);
    assertThat(Throughputs.obstacle(captioner, blind)).contains("control");
    assertThat(Throughputs.obstacle(blind, captioner)).contains("control");
  }

  private static RunData run(RunRecord record, int captions) {
    return SmallRuns.run(record, items("charts", 1), SmallRuns.steady(captions, 1000));
  }

  private static RunRecord on(String os, String processor, int processors) {
    return SmallRuns.record(
        "b",
        SmallRuns.CAPTIONER,
        SmallRuns.ANSWERER,
        SmallRuns.protocol(),
        RunRecord.TrialCounts.ONCE,
        List.of(SmallRuns.dataset("charts", "sha256:0", 4)),
        new Environment("test", "25", os, processor, processors, List.of(), null, List.of(), null));
  }

  private static CaptionRecord failed(long startedMillis, double seconds) {
    return new CaptionRecord(
        "failed",
        "charts",
        "i.png",
        "i",
        0,
        null,
        null,
        Ending.UNKNOWN,
        TokenCounts.UNKNOWN,
        new Failure(FailureKind.TIMEOUT, "late"),
        null,
        new RequestTime(startedMillis, seconds));
  }
}
