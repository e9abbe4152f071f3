package dev.refract.harness.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Fixtures;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.read.Duck;
import dev.refract.harness.dataset.store.DatasetStore.Request;
import dev.refract.harness.fetch.Checksum;
import dev.refract.harness.fetch.FetchException;
import dev.refract.harness.fetch.LoopbackHub;
import dev.refract.harness.fetch.LoopbackHub.Fault;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.DatasetCatalog.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTest {

  @TempDir private Path folder;
  private LoopbackHub hub = open();

  private static LoopbackHub open() {
    try {
      return new LoopbackHub();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void fill() {
    hub.put("some/charts", "data/test-0.jsonl", rows(0, 3));
    hub.put("some/charts", "data/test-1.jsonl", rows(3, 5));
    hub.put("some/charts", "data/train-0.jsonl", rows(9, 20));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  /// Lines whose images are data URLs.
  private static byte[] rows(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"question_id\":\"%d\",\"image\":\"data:image/png;base64,%s\",\"question\":\"q\",\"answers\":\"%d\"}\n"
              .formatted(i, Base64.getEncoder().encodeToString(Fixtures.png(i)), i));
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aBenchmarkIsFetchedFromItsCommitReadOnceAndFoundAgain() throws Exception {
    Entry entry = manifest("hub: {repository: some/charts, files: ['data/test-*.jsonl']}");
    Dataset dataset = store().open(entry, Request.USUAL);
    assertThat(dataset.samples().stream().map(Sample::name))
        .containsExactly("0", "1", "2", "3", "4");
    assertThat(dataset.origin().revision()).isEqualTo(hub.commit("some/charts"));
    assertThat(dataset.notes()).containsExactly("6 questions expected, 5 found");
    assertThat(hub.requests()).noneMatch(r -> r.path().contains("train"));
    assertThat(hub.requests())
        .filteredOn(r -> !r.isForBytes())
        .allMatch(r -> r.authorization().equals("Bearer secret"));
    int asked = hub.requests().size();
    assertThat(store().open(entry, Request.USUAL)).isEqualTo(dataset);
    assertThat(store().has(entry)).isTrue();
    assertThat(hub.requests()).hasSize(asked);
  }

  @Test
  void filesFetchedByThePythonLibraryAreNotFetchedAgain() throws Exception {
    Entry entry = manifest("hub: {repository: some/charts, files: ['data/test-*.jsonl']}");
    store().fetch(entry, Request.USUAL);
    long sent = hub.bytesSent();
    Path snapshot =
        folder.resolve("hf/hub/datasets--some--charts/snapshots/" + hub.commit("some/charts"));
    assertThat(snapshot.resolve("data/test-0.jsonl")).hasBinaryContent(rows(0, 3));
    assertThat(folder.resolve("hf/hub/datasets--some--charts/refs/main"))
        .hasContent(hub.commit("some/charts"));
    Path elsewhere = folder.resolve("another-cache");
    Fixtures.store(elsewhere, environment()).open(entry, Request.USUAL);
    assertThat(hub.bytesSent()).isEqualTo(sent);
  }

  @Test
  void aLockHoldsEveryFetchToItsBytes() throws Exception {
    String place = "hub: {repository: some/charts, files: ['data/test-*.jsonl']}";
    Entry entry = manifest(place);
    Receipt receipt = store().fetch(entry, Request.USUAL);
    Path file = store().lock(entry, receipt, folder.resolve("manifests"));
    assertThat(file).hasFileName("tiny.lock.json");
    String commit = hub.commit("some/charts");
    hub.put("some/charts", "data/test-1.jsonl", rows(3, 4)); // the branch moves on
    Entry locked = DatasetCatalog.read(folder.resolve("manifests/tiny.yaml"));
    // Another machine requests the locked commit, which has other bytes now.
    assertThatThrownBy(() ->
            Fixtures.store(folder.resolve("other"), environment(folder.resolve("hf2")))
                .open(locked, Request.USUAL))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("differs from its lock")
        .hasMessageContaining("data/test-1.jsonl: locked to " + rows(3, 5).length + " bytes")
        .hasMessageContaining("has " + rows(3, 4).length + " bytes");
    assertThat(hub.requests()).anyMatch(r -> r.path().endsWith("/tree/" + commit));
    assertThat(store().open(locked, Request.USUAL).samples()).hasSize(5); // these files are intact
  }

  @Test
  void aFileThatWasChangedHereIsRefusedAndTheChangeIsNamed() throws Exception {
    hub.put("files", "t.tsv", tsv("a"));
    Entry entry = manifest("url: {address: '%s/files/t.tsv'}".formatted(hub.endpoint()), "tsv");
    Receipt receipt = store().fetch(entry, Request.USUAL);
    Path file = receipt.files().getFirst().at();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 2] = 'z';
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThatThrownBy(() -> store().open(entry, Request.USUAL))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("has changed since it was fetched")
        .hasMessageContaining("t.tsv: SHA-256 was");
    assertThat(store().verify(entry, Request.USUAL)).hasSize(1);
    Files.writeString(file, "shorter");
    assertThatThrownBy(() -> store().fetch(entry, Request.USUAL))
        .hasMessageContaining("bytes were fetched, the file now has 7");
    Files.delete(file);
    assertThat(store().open(entry, Request.USUAL).samples()).hasSize(1); // gone: fetched again
    assertThat(store().verify(entry, Request.USUAL)).isEmpty();
  }

  @Test
  void aTsvWithAWrongChecksumIsRefusedAndOneFromVlmEvalKitIsUsedInPlace() throws Exception {
    hub.put("files", "t.tsv", tsv("a"));
    String place = "url: {address: '%s/files/t.tsv', md5: %s}";
    Entry wrong = manifest(place.formatted(hub.endpoint(), "0".repeat(32)), "tsv");
    assertThatThrownBy(() -> store().open(wrong, Request.USUAL))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("expected md5:000");
    Path theirs = Files.createDirectories(folder.resolve("LMUData")).resolve("t.tsv");
    Files.write(theirs, tsv("theirs"));
    Entry right =
        manifest(place.formatted(hub.endpoint(), Checksum.Kind.MD5.of(theirs).hex()), "tsv");
    Map<String, String> environment = new java.util.HashMap<>(environment());
    environment.put("LMUData", folder.resolve("LMUData").toString());
    int asked = hub.requests().size();
    Dataset dataset =
        Fixtures.store(folder.resolve("cache"), environment).open(right, Request.USUAL);
    assertThat(dataset.samples().getFirst().questions().getFirst().golds())
        .containsExactly("theirs");
    assertThat(hub.requests()).hasSize(asked);
  }

  @Test
  void filesMissingOrForbiddenOnTheHubAreReportedWithARemedy() throws Exception {
    Entry missing = manifest("hub: {repository: some/charts, files: ['val-*.parquet']}");
    assertThatThrownBy(() -> store().open(missing, Request.USUAL))
        .hasMessageContaining("has no file 'val-*.parquet'; available:")
        .hasMessageContaining("data/test-0.jsonl");
    Entry unknown = manifest("hub: {repository: some/other, files: ['x']}");
    assertThatThrownBy(() -> store().open(unknown, Request.USUAL))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("answered 404");
    hub.faults(_ -> Fault.status(403));
    assertThatThrownBy(() -> store().open(missing, Request.USUAL))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("has no access: accept the terms on its page")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> store().open(missing, new Request("url", false)))
        .hasMessageContaining("has no source 'url'; it has [hub]");
  }

  @Test
  void anIndexWhoseImagesAreMissingIsRebuilt() throws Exception {
    Entry entry = manifest("hub: {repository: some/charts, files: ['data/test-*.jsonl']}");
    Dataset dataset = store().open(entry, Request.USUAL);
    Files.delete(dataset.samples().getFirst().images().getFirst().file());
    assertThat(store().open(entry, Request.USUAL)).isEqualTo(dataset);
    assertThat(dataset.samples().getFirst().images().getFirst().file()).exists();
  }

  @Test
  void aTruncatedOrDamagedIndexIsRebuilt() throws Exception {
    Entry entry = manifest("hub: {repository: some/charts, files: ['data/test-*.jsonl']}");
    Dataset dataset = store().open(entry, Request.USUAL);
    Path index;
    try (var files = Files.list(folder.resolve("cache/datasets/tiny"))) {
      index = files.filter(f -> f.toString().contains("index-")).findFirst().orElseThrow();
    }
    List<String> lines = Files.readAllLines(index);
    for (List<String> damaged :
        List.of(lines.subList(0, 3), List.of(lines.getFirst(), "null"), List.of("\u00ff"))) {
      Files.write(index, damaged);
      assertThat(store().open(entry, Request.USUAL)).isEqualTo(dataset);
    }
    Files.write(dataset.samples().getFirst().images().getFirst().file(), new byte[0]);
    assertThat(store().open(entry, Request.USUAL)).isEqualTo(dataset);
    assertThat(dataset.samples().getFirst().images().getFirst().bytes()).isEqualTo(Fixtures.png(0));
  }

  /// Two manifests with the same id in two folders are two datasets, and local files may change.
  @Test
  void localManifestsWithTheSameIdAreSeparateAndTheirFilesMayChange() throws Exception {
    Files.createDirectories(folder.resolve("elsewhere"));
    Entry here = manifest("local: {files: [t.tsv]}", "tsv");
    Files.write(folder.resolve("manifests/t.tsv"), tsv("here"));
    Files.copy(folder.resolve("manifests/tiny.yaml"), folder.resolve("elsewhere/tiny.yaml"));
    Files.write(folder.resolve("elsewhere/t.tsv"), tsv("there"));
    assertThat(golds(here)).containsExactly("here");
    assertThat(golds(DatasetCatalog.read(folder.resolve("elsewhere/tiny.yaml"))))
        .containsExactly("there");
    Files.write(folder.resolve("manifests/t.tsv"), tsv("changed"));
    assertThat(golds(here)).containsExactly("changed");
  }

  private List<String> golds(Entry entry) throws Exception {
    return store().open(entry, Request.USUAL).samples().getFirst().questions().getFirst().golds();
  }

  @Test
  void aDamagedFileInTheHubsCacheIsFetchedAgain() throws Exception {
    Entry entry = manifest("hub: {repository: some/charts, files: ['data/test-*.jsonl']}");
    Receipt receipt = store().fetch(entry, Request.USUAL);
    Files.writeString(receipt.files().getFirst().at().toRealPath(), "damaged");
    assertThatThrownBy(() -> store().fetch(entry, Request.USUAL))
        .hasMessageContaining("fetch tiny --refresh");
    store().fetch(entry, new Request(null, true));
    assertThat(store().verify(entry, Request.USUAL)).isEmpty();
  }

  @Test
  void aManifestCannotPointOutsideTheCache() {
    for (String place :
        List.of(
            "hub: {repository: some/charts, revision: ../../x, files: [a]}",
            "url: {address: 'http://h/..'}",
            "url: {address: 'http://h/a/'}",
            "url: {address: 'http://user:s3cret@h/a'}",
            "url: {address: 'http://h/a|b'}")) {
      assertThatThrownBy(() -> manifest(place, "tsv"))
          .isInstanceOf(dev.refract.manifest.ManifestException.class)
          .hasMessageContaining("expected")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void aFileTreeThatPointsElsewhereOrNeverEndsIsRefused() throws Exception {
    for (String path : List.of("../x.jsonl", "/x.jsonl", "a/./x.jsonl", "a\u0000.jsonl", ".")) {
      hub.put("bad/tree", path, new byte[] {1});
      Entry entry = manifest("hub: {repository: bad/tree, files: ['*.jsonl']}");
      assertThatThrownBy(() -> store().open(entry, Request.USUAL))
          .as(path)
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("expected path, size and checksum");
    }
  }

  @Test
  void anExportReadsBackAsTheSameDataset() throws Exception {
    Entry entry = manifest("hub: {repository: some/charts, files: ['data/test-*.jsonl']}");
    Dataset dataset = store().open(entry, Request.USUAL);
    Path out = folder.resolve("out");
    Exporter.export(dataset, Exporter.Format.JSONL, out);
    Dataset back = Fixtures.open(out.toString());
    assertThat(back.samples().stream().map(Sample::questions))
        .containsExactlyElementsOf(dataset.samples().stream().map(Sample::questions).toList());
    assertThat(back.samples().stream().map(s -> s.images().getFirst().identity()))
        .containsExactlyElementsOf(
            dataset.samples().stream().map(s -> s.images().getFirst().identity()).toList());
    assertThatThrownBy(() -> Exporter.export(dataset, Exporter.Format.JSONL, out))
        .hasMessageContaining("is not an empty folder");
  }

  private static byte[] tsv(String answer) {
    return ("index\timage\tquestion\tanswer\n1\t%s\tq\t%s\n"
            .formatted(Base64.getEncoder().encodeToString(Fixtures.png(1)), answer))
        .getBytes(StandardCharsets.UTF_8);
  }

  private Entry manifest(String place) throws IOException {
    return manifest(place, "jsonl");
  }

  private Entry manifest(String place, String format) throws IOException {
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    Path file =
        Files.writeString(
            manifests.resolve("tiny.yaml"),
            """
            id: tiny
            title: Tiny
            category: chart
            paper: none
            homepage: none
            licence: MIT
            images: show
            metric: anls
            expect: {questions: 6}
            sources:
              - %s
                format: %s
            """
                .formatted(place, format));
    return DatasetCatalog.read(file);
  }

  private DatasetStore store() {
    return Fixtures.store(folder.resolve("cache"), environment());
  }

  private Map<String, String> environment() {
    return environment(folder.resolve("hf"));
  }

  private Map<String, String> environment(Path home) {
    return Map.of("HF_ENDPOINT", hub.endpoint(), "HF_TOKEN", "secret", "HF_HOME", home.toString());
  }

  @Test
  void sourcesAreListsOfFilesByTheirNames() {
    assertThat(List.of("data/test-0.parquet", "data/deep/test-0.parquet", "data/test-0.json"))
        .filteredOn(path -> Fetcher.matches("data/test-*.parquet", path))
        .containsExactly("data/test-0.parquet");
    assertThat(Fetcher.matches("standard (10 options)/test-*", "standard (10 options)/test-0"))
        .isTrue();
  }

  /// The file is read back by refract, and independently by DuckDB.
  @Test
  void aParquetExportIsReadableByDuckDbAndReadsBackAsTheSameDataset() throws Exception {
    Dataset mini = Fixtures.open("mini");
    Path out = folder.resolve("parquet");
    Exporter.export(mini, Exporter.Format.PARQUET, out);
    String file = out.resolve("mini.parquet").toString();
    try (Duck duck = new Duck()) {
      assertThat(duck.number("select count(*) from '" + file + "'")).isEqualTo(240);
      assertThat(
              duck.text(
                  "select string_agg(question_id || question || category || \"group\" || metric, ''"
                      + " order by question_id) from '"
                      + file
                      + "'"))
          .isEqualTo(
              mini.samples().stream()
                  .flatMap(s ->
                      s.questions().stream()
                          .map(q -> q.id() + q.text() + s.category() + q.group() + q.metric()))
                  .sorted()
                  .reduce("", String::concat));
      assertThat(
              duck.number(
                  "select count(*) from '"
                      + file
                      + "' where len(choices) = 2 or len(choices) = 4 or len(choices) = 0"))
          .isEqualTo(240);
      assertThat(duck.text("select sha256(images[1].bytes) from '" + file + "' limit 1"))
          .isEqualTo(mini.samples().getFirst().images().getFirst().identity());
    }
    Dataset back = store().open(DatasetCatalog.read(out.resolve("mini.yaml")), Request.USUAL);
    assertThat(back.bad()).isEmpty();
    assertThat(back.samples()).hasSize(60);
    for (int i = 0; i < 60; i++) {
      Sample was = mini.samples().get(i);
      Sample is = back.samples().get(i);
      assertThat(is.questions()).isEqualTo(was.questions());
      assertThat(is.name()).isEqualTo(was.name());
      assertThat(is.description()).isEqualTo(was.description());
      assertThat(is.images().getFirst().identity()).isEqualTo(was.images().getFirst().identity());
    }
  }
}
