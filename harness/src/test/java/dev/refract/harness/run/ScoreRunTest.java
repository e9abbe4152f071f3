package dev.refract.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.manifest.MetricMode;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scores saved replies again: which scores change, which stay, and which cannot be computed.
class ScoreRunTest {

  @TempDir private Path folder;

  private static Trial trial(@Nullable String reply, Outcome outcome) {
    return new Trial(0, 0, 0, 0, List.of(), List.of("c"), "p", reply, outcome, null);
  }

  private static ItemResult item(String id, String metric, String gold, Trial... trials) {
    return new ItemResult(
        "d",
        id,
        List.of(new ItemResult.Image("i.png", "sha-" + id)),
        "chart",
        "g",
        "Why?",
        List.of(),
        List.of(gold),
        metric,
        Map.of(),
        null,
        List.of(trials));
  }

  private ScoreRun scored(MetricMode mode, ItemResult... items) throws IOException {
    RunFile run = new RunFile(folder);
    RunRecord record =
        new RunRecord(
            RunRecord.FORMAT,
            new RunRecord.Names("run", "c", "a"),
            "f",
            RunRecord.State.FINISHED,
            new RunRecord.Models(new ModelIdentity.Blind(), new ModelIdentity.Ocr("o"), null),
            new RunRecord.Protocol(
                "tiny", 1, "d", "p", 1, "chat", null, "t", "lenient", null, "official"),
            RunRecord.TrialCounts.ONCE,
            List.of(),
            new RunRecord.Environment("h", "j", "o", "p", 1, List.of(), null, List.of(), null),
            null,
            "2026-01-01T00:00:00Z",
            null);
    RunJson.replace(run.recordFile(), RunJson.pretty(record));
    JsonLines.replace(run.itemsFile(), List.of(items));
    Files.writeString(run.captionsFile(), "");
    return ScoreRun.of(run, mode);
  }

  private static double accuracy(dev.refract.reports.result.Summary summary) {
    return summary.overall().accuracy().mean();
  }

  @Test
  void theSameModeChangesNothing() throws IOException {
    ScoreRun again =
        scored(
            MetricMode.OFFICIAL,
            item("1", "anls", "ab", trial("ax", new Outcome.Scored(0.5, "ax"))),
            item("2", "anls", "ab", trial(" ", new Outcome.Unparsed(" "))));
    assertThat(again.changes()).isEmpty();
    assertThat(again.unknown()).isZero();
    assertThat(again.after()).isEqualTo(again.before());
  }

  @Test
  void anotherModeChangesWhatItScoresOtherwise() throws IOException {
    Trial half = trial("ax", new Outcome.Scored(0.5, "ax"));
    ItemResult changed = item("1", "anls", "ab", half);
    ScoreRun again =
        scored(
            MetricMode.STRICT,
            changed,
            item("2", "anls", "ab", trial("ab", new Outcome.Scored(1, "ab"))));
    assertThat(again.changes())
        .containsExactly(new ScoreRun.Change(changed, half, new Outcome.Scored(0, "ax")));
    assertThat(accuracy(again.before())).isEqualTo(0.75);
    assertThat(accuracy(again.after())).isEqualTo(0.5);
  }

  @Test
  void anOutcomeOfAnotherKindIsAChangeEvenOfOneScore() throws IOException {
    Trial abstained = trial("zz", new Outcome.Abstained("zz", 0));
    ItemResult item = item("1", "anls", "ab", abstained);
    assertThat(scored(MetricMode.OFFICIAL, item).changes())
        .containsExactly(new ScoreRun.Change(item, abstained, new Outcome.Scored(0, "zz")));
  }

  @Test
  void aQuestionOfAnUnknownMetricKeepsItsOutcome() throws IOException {
    ScoreRun again =
        scored(
            MetricMode.OFFICIAL,
            item("1", "bleu", "ab", trial("ab", new Outcome.Scored(0.25, "ab"))),
            item("2", "anls", "ab", trial("ab", new Outcome.Scored(1, "ab"))));
    assertThat(again.unknown()).isOne();
    assertThat(again.changes()).isEmpty();
    assertThat(accuracy(again.after())).isEqualTo(0.625);
  }

  @Test
  void aTimeWithoutAReplyKeepsItsFailure() throws IOException {
    Outcome failed = new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late");
    ScoreRun again =
        scored(
            MetricMode.STRICT,
            item("1", "anls", "ab", trial(null, failed), trial("ab", new Outcome.Scored(0, "ab"))));
    assertThat(again.changes())
        .extracting(ScoreRun.Change::now)
        .containsExactly(new Outcome.Scored(1, "ab", Outcome.Basis.REPLY));
  }

  @Test
  void theRunItselfStaysAsItIs() throws IOException {
    ItemResult item = item("1", "anls", "ab", trial("ax", new Outcome.Scored(0.5, "ax")));
    scored(MetricMode.STRICT, item);
    assertThat(new RunFile(folder).items()).containsExactly(item);
  }
}
