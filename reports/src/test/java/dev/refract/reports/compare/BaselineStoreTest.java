package dev.refract.reports.compare;

import static dev.refract.reports.compare.SmallRuns.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.compare.BaselineStore.Baseline;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.Summarizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Named pointers to runs, and what becomes of them when runs change.
class BaselineStoreTest {

  @TempDir Path folder;

  private BaselineStore store = new BaselineStore(Path.of("unset"));

  @BeforeEach
  void makeStore() {
    store = new BaselineStore(folder.resolve("store/baselines.json"));
  }

  @Test
  void withoutAFileThereIsNoBaseline() {
    assertThat(store.all()).isEmpty();
    assertThat(store.find("main")).isEmpty();
  }

  @Test
  void aBaselineIsWhatItsRunIs() throws IOException {
    Path run = write("store/runs/one", SmallRuns.record("one"), items("charts", 1, 0, 0, 0));
    Baseline set = store.set("main", run);
    assertThat(set)
        .isEqualTo(
            new Baseline(
                "runs/one",
                new RunFile(run).digest(),
                "one-captioner",
                0.25,
                "2026-01-01T00:00:00Z"));
    assertThat(store.all()).containsOnlyKeys("main").containsValue(set);
    assertThat(store.find("main")).contains(new RunFile(folder.resolve("store/runs/one")));
    assertThat(store.find("other")).isEmpty();
    assertThat(store.state(set)).isEqualTo("unchanged");
  }

  @Test
  void aRunOutsideTheStoresFolderIsKeptByItsWholePath() throws IOException {
    Path run = write("elsewhere/one", SmallRuns.record("one"), items("charts", 1));
    Baseline set = store.set("main", run);
    assertThat(set.run()).isEqualTo(run.toAbsolutePath().normalize().toString());
    assertThat(store.find("main").orElseThrow().record().name()).isEqualTo("one");
  }

  @Test
  void aStoreThatMovesWithItsRunsStillFindsThem() throws IOException {
    Path run = write("store/runs/one", SmallRuns.record("one"), items("charts", 1));
    store.set("main", run);
    Files.move(folder.resolve("store"), folder.resolve("moved"));
    assertThat(new BaselineStore(folder.resolve("moved/baselines.json")).find("main"))
        .contains(new RunFile(folder.resolve("moved/runs/one")));
  }

  @Test
  void namesAreSortedAndASecondSettingReplacesTheFirst() throws IOException {
    Path one = write("store/one", SmallRuns.record("one"), items("charts", 1));
    Path two = write("store/two", SmallRuns.record("two"), items("charts", 0));
    store.set("b", one);
    store.set("a", one);
    store.set("b", two);
    assertThat(store.all().get("b")).extracting(b -> b == null ? "" : b.run()).isEqualTo("two");
    String text = Files.readString(store.file());
    assertThat(text.indexOf("\"a\"")).isPositive().isLessThan(text.indexOf("\"b\""));
  }

  @Test
  void aRunThatWasMadeAnewIsNotTakenForTheOldOne() throws IOException {
    Path run = write("store/one", SmallRuns.record("one"), items("charts", 1));
    Baseline set = store.set("main", run);
    write("store/one", SmallRuns.record("one"), items("charts", 0));
    String now = new RunFile(run).digest();
    assertThatThrownBy(() -> store.find("main"))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContainingAll(
            "main", set.digest().substring(0, 12), now.substring(0, 12), run.toString());
    assertThat(store.state(set)).isEqualTo("results changed");
  }

  @Test
  void aRunThatIsGoneIsNotHere() throws IOException {
    Path run = write("store/one", SmallRuns.record("one"), items("charts", 1));
    Baseline set = store.set("main", run);
    Files.delete(run.resolve("run.json"));
    assertThat(store.state(set)).isEqualTo("missing");
    assertThatThrownBy(() -> store.find("main"))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("run.json");
  }

  @Test
  void aRunThatHasNotFinishedIsNoBaseline() throws IOException {
    RunRecord record = SmallRuns.record("one");
    RunRecord begun =
        RunRecord.begin(
            record.names(),
            record.fingerprint(),
            record.models(),
            record.protocol(),
            record.asking(),
            record.datasets(),
            record.environment(),
            null);
    Path run = write("store/one", begun, items("charts", 1));
    assertThatThrownBy(() -> store.set("main", run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining(run.toString());
    assertThat(store.file()).doesNotExist();
  }

  @Test
  void aStoreOfAnotherFormatIsRefusedByItsNumber() throws IOException {
    Files.createDirectories(folder.resolve("store"));
    Files.writeString(store.file(), "{\"format\":2,\"baselines\":{}}");
    assertThatThrownBy(store::all)
        .isInstanceOf(RunFormatException.class)
        .hasMessageContainingAll("baselines.json", "2", "1");
    Files.writeString(store.file(), "{\"format\":1,\"baselines\":{}}");
    assertThat(store.all()).isEmpty();
    Files.writeString(store.file(), "{\"format\":1}");
    assertThatThrownBy(store::all)
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("baselines.json");
  }

  @Test
  void aDigestThatWasCutShortIsAnotherDigest() throws IOException {
    write("store/one", SmallRuns.record("one"), items("charts", 1));
    Files.writeString(
        store.file(),
        "{\"format\":1,\"baselines\":{\"main\":{\"run\":\"one\",\"digest\":\"abc\","
            + "\"captioner\":\"c\",\"accuracy\":1.0,\"created\":\"2026\"}}}");
    assertThatThrownBy(() -> store.find("main"))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("abc");
  }

  @Test
  void aStoreWithoutBaselinesIsDamaged() throws IOException {
    Files.createDirectories(folder.resolve("store"));
    Files.writeString(store.file(), "{\"format\":1,\"baselines\":null}");
    assertThatThrownBy(store::all)
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("baselines.json");
  }

  private Path write(String place, RunRecord record, List<ItemResult> items) throws IOException {
    RunFile run = new RunFile(Files.createDirectories(folder.resolve(place)));
    JsonLines.replace(run.itemsFile(), items);
    JsonLines.replace(run.captionsFile(), List.of());
    RunJson.replace(
        run.summaryFile(), RunJson.pretty(Summarizer.summarize(items, new CaptionTally())));
    RunJson.replace(
        run.recordFile(),
        RunJson.pretty(record.state() == RunRecord.State.FINISHED ? record.finished(run) : record));
    return run.folder();
  }
}
