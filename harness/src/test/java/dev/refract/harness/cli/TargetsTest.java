package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No command writes over what it reads, over a run, or over files that are not its own.
class TargetsTest {

  @TempDir private Path folder;

  @BeforeEach
  void twoRuns() throws IOException {
    Runs.imported(folder, "one", "yes", "no");
    Runs.imported(folder, "two", "yes", "yes");
    Files.writeString(
        folder.resolve("gate.yaml"),
        "alpha: 0.05\n"
            + "inconclusive: pass\n"
            + "defaults: {margin: 2.0, min_questions: 1, min_images: 1, max_failed: 100,"
            + " max_unparsed: 100}\n");
  }

  @Test
  void aFolderWithFilesOfItsOwnBecomesNoSite() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(mine.resolve("index.html"), "my page");
    refusedAndUnchanged(mine.resolve("index.html"), "board", folder.resolve("runs"), "--out", mine);
    Files.delete(mine.resolve("index.html"));
    Files.writeString(Files.createDirectories(mine.resolve("runs/x")).resolve("stamp.txt"), "mine");
    refusedAndUnchanged(mine.resolve("runs"), "board", folder.resolve("runs"), "--out", mine);
  }

  @Test
  void theFolderAboveTheRunsBecomesNoSite() throws IOException {
    refusedAndUnchanged(folder, "board", folder.resolve("runs"), "--out", folder);
  }

  @Test
  void linksInASiteAreRefused() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.createSymbolicLink(site.resolve("runs"), folder.resolve("runs"));
    refusedAndUnchanged(site, "board", folder.resolve("runs/one"), "--out", site);
    Files.delete(site.resolve("runs"));
    assertThat(Refract.run("board", folder.resolve("runs"), "--out", site).exitCode()).isZero();
    assertThat(Refract.run("board", folder.resolve("runs"), "--out", site).exitCode()).isZero();
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    Files.createSymbolicLink(site.resolve("images"), pictures);
    refusedAndUnchanged(site, "board", folder.resolve("runs"), "--out", site);
  }

  @Test
  void aSiteKeepsOtherFilesOfItsFolder() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.writeString(site.resolve("CNAME"), "charts.example.org");
    for (int i = 0; i < 2; i++) {
      assertThat(Refract.run("board", folder.resolve("runs"), "--out", site).exitCode()).isZero();
    }
    assertThat(site.resolve("CNAME")).hasContent("charts.example.org");
  }

  @Test
  void reportsOfAGateGoNeitherIntoRunsNorOverEachOther() throws IOException {
    Path run = folder.resolve("runs/one");
    gateIsRefused("--commit", "c", "--attempts", run.resolve("captions.jsonl"));
    gateIsRefused("--commit", "c", "--attempts", run.resolve("new.jsonl"));
    gateIsRefused("--json", folder.resolve("runs/two/../one/new.json"));
    gateIsRefused("--json", folder.resolve("o"), "--junit", folder.resolve("./o"));
    Path picture = Files.createDirectories(folder.resolve("runs/.images")).resolve("p.png");
    Files.writeString(picture, "a picture");
    gateIsRefused("--json", picture);
  }

  @Test
  void aRefusedGateRemovesItsOwnReportOnly() throws IOException {
    Path notes = Files.writeString(folder.resolve("notes.json"), "{\"mine\": 1}");
    Path report = folder.resolve("report.json");
    assertThat(gate(folder.resolve("gate.yaml"), "--json", report).exitCode()).isIn(0, 3, 4);
    assertThat(gate(folder.resolve("none.yaml"), "--json", notes).exitCode()).isEqualTo(2);
    assertThat(notes).hasContent("{\"mine\": 1}");
    assertThat(gate(folder.resolve("none.yaml"), "--json", report).exitCode()).isEqualTo(2);
    assertThat(report).doesNotExist();
  }

  @Test
  void runsExportsAndBaselinesAreNotPutIntoARun() throws IOException {
    Path run = folder.resolve("runs/one");
    refusedAndUnchanged(
        run, "datasets", "export", "mini", "--limit", "1", "--out", run.resolve("x"));
    refusedAndUnchanged(run, "baseline", "set", "m", run, "--store", run.resolve("b.json"));
    refusedAndUnchanged(run, "answer", run, "--out", run.resolve("x"));
  }

  @Test
  void aLoadIsNotWrittenOverTheDatasetThatItShows() throws IOException {
    Path data = folder.resolve("data");
    Refract.run("datasets", "export", "mini", "--limit", "1", "--out", data);
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      String captioner = "openai:base_url=%s,model=m".formatted(server.baseUrl());
      refusedAndUnchanged(
          data,
          "throughput",
          "--captioner",
          captioner,
          "--dataset",
          data,
          "--out",
          data.resolve("questions.jsonl"));
    }
  }

  private void gateIsRefused(Object... more) throws IOException {
    String before = content(folder);
    Refract.Result result = gate(folder.resolve("gate.yaml"), more);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains("would overwrite");
    assertThat(content(folder)).isEqualTo(before);
  }

  private Refract.Result gate(Path policy, Object... more) {
    return Refract.run(
        Stream.concat(
                Stream.of(
                    "gate",
                    "--policy",
                    policy,
                    "--baseline",
                    folder.resolve("runs/one"),
                    "--candidate",
                    folder.resolve("runs/two")),
                Stream.of(more))
            .toArray());
  }

  private static void refusedAndUnchanged(Path kept, Object... command) throws IOException {
    String before = content(kept);
    Refract.Result result = Refract.run(command);
    assertThat(result.exitCode()).as(result.err()).isIn(2, 6);
    assertThat(content(kept)).isEqualTo(before);
  }

  /// The names and digests of all files below a folder.
  private static String content(Path place) throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(place)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file.toString(), Sha256.of(file));
      }
    }
    return files.toString();
  }
}
