package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.RunRecord.Dataset;
import dev.refract.reports.result.RunRecord.Display;
import dev.refract.reports.result.RunRecord.Protocol;
import dev.refract.reports.result.RunRecord.State;
import dev.refract.reports.result.RunRecord.TrialCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What two runs share, and what a run is before and after it ends.
class RunRecordTest {

  private static final ModelIdentity CAPRL = new ModelIdentity.Imported("caprl");
  private static final ModelIdentity BLIND = new ModelIdentity.Blind();
  private static final ModelIdentity LLM = served("http://a", "llm");
  private static final Protocol PROTOCOL = protocol("official");
  private static final List<Dataset> DATA = List.of(dataset("charts", "s", 4));

  @Test
  void theBlindRunOnTheSameQuestionsIsTheFloor() {
    RunRecord run = record(CAPRL, LLM, PROTOCOL, DATA);
    assertThat(record(BLIND, LLM, PROTOCOL, DATA).isFloorOf(run)).isTrue();
    assertThat(record(BLIND, served("http://b", "llm"), PROTOCOL, DATA).isFloorOf(run)).isTrue();
    assertThat(record(CAPRL, LLM, PROTOCOL, DATA).isFloorOf(run)).isFalse();
    assertThat(record(new ModelIdentity.Reference(), LLM, PROTOCOL, DATA).isFloorOf(run)).isFalse();
    assertThat(record(BLIND, served("http://a", "other"), PROTOCOL, DATA).isFloorOf(run)).isFalse();
    assertThat(record(BLIND, LLM, protocol("strict"), DATA).isFloorOf(run)).isFalse();
    assertThat(record(BLIND, LLM, PROTOCOL, List.of()).isFloorOf(run)).isFalse();
    assertThat(run.isFloorOf(record(BLIND, LLM, PROTOCOL, DATA))).isFalse();
  }

  @Test
  void anAnswererIsTheSameWhereverItIsServed() {
    RunRecord run = record(CAPRL, LLM, PROTOCOL, DATA);
    assertThat(run.hasAnswererOf(record(BLIND, served("http://b", "llm"), PROTOCOL, DATA)))
        .isTrue();
    assertThat(run.hasAnswererOf(record(CAPRL, served("http://a", "other"), PROTOCOL, DATA)))
        .isFalse();
  }

  @Test
  void dataAreIdsChecksumsAndNumbersOfQuestionsInOrder() {
    RunRecord run = record(CAPRL, LLM, PROTOCOL, DATA);
    Dataset titled =
        new Dataset(
            "charts",
            "Other",
            "X",
            "r",
            new RunRecord.Terms("CC0", Display.HIDE),
            null,
            "s",
            9,
            9,
            "w",
            4,
            List.of("bad"));
    assertThat(run.hasDataOf(record(BLIND, LLM, PROTOCOL, List.of(titled)))).isTrue();
    for (Dataset other :
        List.of(dataset("maps", "s", 4), dataset("charts", "t", 4), dataset("charts", "s", 5))) {
      assertThat(run.hasDataOf(record(CAPRL, LLM, PROTOCOL, List.of(other)))).isFalse();
    }
    Dataset second = dataset("maps", "t", 2);
    RunRecord two = record(CAPRL, LLM, PROTOCOL, List.of(DATA.getFirst(), second));
    assertThat(two.hasDataOf(run)).isFalse();
    assertThat(two.hasDataOf(record(CAPRL, LLM, PROTOCOL, List.of(second, DATA.getFirst()))))
        .isFalse();
    assertThat(two.hasDataOf(two)).isTrue();
  }

  @Test
  void aControlIsKnownByItsCaptioner() {
    assertThat(record(BLIND, LLM, PROTOCOL, DATA).isControl()).isTrue();
    assertThat(record(CAPRL, BLIND, PROTOCOL, DATA).isControl()).isFalse();
  }

  @Test
  void aRunBeginsNowInWholeSecondsAndIsRunning() {
    RunRecord made = record(CAPRL, LLM, PROTOCOL, DATA);
    Instant before = Instant.now().minusSeconds(1);
    RunRecord begun =
        RunRecord.begin(
            made.names(),
            "f",
            made.models(),
            PROTOCOL,
            TrialCounts.ONCE,
            DATA,
            made.environment(),
            "refract run");
    Instant created = Instant.parse(begun.created());
    assertThat(created).isBetween(before, Instant.now());
    assertThat(created.get(ChronoField.NANO_OF_SECOND)).isZero();
    assertThat(begun.state()).isEqualTo(State.RUNNING);
    assertThat(begun.format()).isEqualTo(RunRecord.FORMAT);
    assertThat(begun.command()).isEqualTo("refract run");
    assertThat(begun.fingerprint()).isEqualTo("f");
  }

  @Test
  void aFinishedRunDiffersInItsStateAndItsSeal(@TempDir Path folder) throws IOException {
    RunRecord made = record(CAPRL, LLM, PROTOCOL, DATA);
    RunRecord finished = made.finished(new RunFile(folder));
    assertThat(finished.state()).isEqualTo(State.FINISHED);
    assertThat(finished.seal()).isNotNull();
    assertThat(finished).usingRecursiveComparison().ignoringFields("state", "seal").isEqualTo(made);
  }

  @Test
  void aResumedRunWasBegunWhenItWasFirstBegun() {
    RunRecord made = record(CAPRL, LLM, PROTOCOL, DATA);
    RunRecord earlier =
        new RunRecord(
            5,
            made.names(),
            "old",
            State.FINISHED,
            made.models(),
            PROTOCOL,
            TrialCounts.ONCE,
            List.of(),
            made.environment(),
            "old command",
            "2020-02-02T02:02:02Z",
            null);
    RunRecord resumed = made.resuming(earlier);
    assertThat(resumed.created()).isEqualTo("2020-02-02T02:02:02Z");
    assertThat(resumed).usingRecursiveComparison().ignoringFields("created").isEqualTo(made);
  }

  @Test
  void aRecordSurvivesJsonWithItsNamesAndModelsOnTop() {
    RunRecord made = record(CAPRL, LLM, PROTOCOL, DATA);
    assertThat(RunJson.MAPPER.readValue(RunJson.pretty(made), RunRecord.class)).isEqualTo(made);
    assertThat(RunJson.text(made))
        .contains("\"name\":\"run\"", "\"captioner_id\":\"c\"", "\"answerer_id\":\"a\"")
        .contains("\"captioner\":{\"kind\":\"imported\"")
        .doesNotContain("\"names\"", "\"models\"", "control");
    assertThat(made.name()).isEqualTo("run");
    assertThat(made.captionerId()).isEqualTo("c");
    assertThat(made.answererId()).isEqualTo("a");
    assertThat(made.judge()).isNull();
  }

  @Test
  void theExtentTellsHowManyImagesOfHowManyAndWhatWasLeftOut() {
    assertThat(extent("", List.of())).isEqualTo("36 images");
    assertThat(extent("the first 36", List.of())).isEqualTo("36 of 60 images (the first 36)");
    assertThat(extent("", List.of("x", "y"))).startsWith("36 images").contains("2");
    assertThat(extent("the first 36", List.of("x"))).contains("(the first 36)").contains("1");
  }

  private static String extent(String selection, List<String> skipped) {
    return new Dataset(
            "d",
            "D",
            "JSONL",
            null,
            new RunRecord.Terms(null, Display.SHOW),
            null,
            "s",
            36,
            60,
            selection,
            4,
            skipped)
        .extent();
  }

  private static RunRecord record(
      ModelIdentity captioner, ModelIdentity answerer, Protocol protocol, List<Dataset> data) {
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Names("run", "c", "a"),
        "f",
        State.RUNNING,
        new RunRecord.Models(captioner, answerer, null),
        protocol,
        TrialCounts.ONCE,
        data,
        new RunRecord.Environment(
            "test", "25", "Linux", "cpu", 2, List.of(), null, List.of(), null),
        null,
        "2026-01-01T00:00:00Z",
        null);
  }

  private static Protocol protocol(String mode) {
    return new Protocol("p", 1, "d", "Describe.", 1, "chat", null, "t", "lenient", null, mode);
  }

  private static Dataset dataset(String id, String checksum, int questions) {
    return new Dataset(
        id,
        "T",
        "JSONL",
        null,
        new RunRecord.Terms(null, Display.SHOW),
        null,
        checksum,
        2,
        2,
        "",
        questions,
        List.of());
  }

  private static ModelIdentity served(String url, String model) {
    return new ModelIdentity.Served(url, model, null, 0, 1, null, 32, null);
  }
}
