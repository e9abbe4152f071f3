package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.TokenCounts;
import dev.refract.reports.result.Trial;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.Summarizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

  private static final String EVIL = "\"><img src=x onerror=alert(1)>${7*7}[[${1+1}]]";

  @TempDir private Path folder;

  @Test
  void textFromOutsideIsEscaped() throws IOException {
    Published published =
        new Published(EVIL, List.of(EVIL), List.of(new Published.Row(EVIL, List.of(EVIL))));
    new Site(folder.resolve("site"))
        .write(List.of(run("evil", EVIL, 0), run("other", EVIL, 1)), List.of(published));
    for (Path page : pages()) {
      String html = Files.readString(page);
      assertThat(html).as("%s", page).doesNotContain("<img src=x").doesNotContain("49[[");
    }
    assertThat(Files.readString(folder.resolve("site/runs/evil/images-0001.html")))
        .contains("&lt;img src=x onerror=alert(1)&gt;${7*7}[[${1+1}]]");
    assertThat(Files.readString(folder.resolve("site/across/all/images-0001.html")))
        .contains("&lt;img src=x onerror=alert(1)&gt;${7*7}[[${1+1}]]");
  }

  @Test
  void oneImageIsShownWithTheAnswersOfAllRunsThatMayBeCompared() throws IOException {
    Path site = folder.resolve("site");
    new Site(site).write(List.of(run("first", "words", 1), run("second", "words", 0)));
    assertThat(Files.readString(site.resolve("across/all/images-0001.html")))
        .contains("../../runs/first/index.html", "../../runs/second/index.html")
        .contains("../../runs/first/images-0001.html#q1", "../../runs/second/images-0001.html#q1");
    assertThat(Files.readString(site.resolve("index.html")))
        .contains("across/all/images-0001.html");
    new Site(site).write(List.of(run("first", "words", 1)));
    assertThat(site.resolve("across/all")).doesNotExist();
  }

  @Test
  void noPageSendsARequestToAServer() throws IOException {
    new Site(folder.resolve("site")).write(List.of(run("plain", "words", 1)));
    for (Path page : pages()) {
      assertThat(Files.readString(page))
          .as("%s", page)
          .doesNotContainPattern("(?:src|href|action)=\"(?:https?:)?//");
    }
    assertThat(Files.readString(folder.resolve("site/assets/refract.js")))
        .doesNotContain("fetch(", "http");
  }

  @Test
  void theBestRunComesFirstAndLinksToItsPages() throws IOException {
    new Site(folder.resolve("site")).write(List.of(run("worse", "w", 0), run("better", "b", 1)));
    String board = Files.readString(folder.resolve("site/index.html"));
    assertThat(board.indexOf("runs/better/index.html"))
        .isBetween(0, board.indexOf("runs/worse/index.html"));
    assertThat(Files.readString(folder.resolve("site/runs/better/index.html")))
        .contains("images-0001.html#q1");
  }

  @Test
  void twoRunsOfOneNameAreBothKeptInFoldersOfPlainNames() throws IOException {
    new Site(folder.resolve("site"))
        .write(List.of(run("a", "x", 0), run("a-2", "x", 0), named("b", "a"), named("c", "up ~")));
    try (Stream<Path> runs = Files.list(folder.resolve("site/runs"))) {
      assertThat(runs.map(r -> r.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "a-2", "a-3", "up__");
    }
  }

  @Test
  void thePagesOfARemovedRunAreDeletedAndTheUsersFilesAreKept() throws IOException {
    Path site = folder.resolve("site");
    List<RunFile> three = MadeUpRuns.of(folder.resolve("runs"), 3, 30, 2);
    new Site(site).write(three);
    assertThat(site.resolve("compare/step-100~step-300/index.html")).exists();
    Path mine = Files.createDirectories(site.resolve("runs/mine")).resolve("notes.txt");
    Files.writeString(mine, "kept");
    Files.writeString(site.resolve("compare/mine.txt"), "kept");
    new Site(site).write(three.subList(1, three.size()));
    assertThat(site.resolve("runs/step-100")).doesNotExist();
    assertThat(site.resolve("compare/step-100~step-300")).doesNotExist();
    assertThat(site.resolve("compare/step-200~step-300/index.html")).exists();
    assertThat(mine).exists();
    assertThat(site.resolve("compare/mine.txt")).exists();
  }

  private RunFile named(String at, String name) throws IOException {
    RunFile run = run(at, "x", 0);
    Files.writeString(
        run.recordFile(),
        Files.readString(run.recordFile())
            .replace("\"name\" : \"" + at + "\"", "\"name\" : \"" + name + "\""));
    return run;
  }

  @Test
  void theLiftIsOverABlindRunOnTheSameQuestionsOnly() throws IOException {
    RunFile blind = run("blind", "x", 0);
    Files.writeString(
        blind.recordFile(),
        Files.readString(blind.recordFile())
            .replaceFirst("\"kind\" : \"imported\",\\s*\"model\" : \"x\"", "\"kind\" : \"blind\""));
    new Site(folder.resolve("site"))
        .write(List.of(blind, run("same", "x", 1), run("other", "y", 0.5)));
    assertThat(Files.readString(folder.resolve("site/index.html")))
        .contains("+100.0")
        .doesNotContain("+50.0");
  }

  @Test
  void theSameRunsGiveTheSameBytes() throws IOException {
    RunFile run = run("same", "words", 1);
    new Site(folder.resolve("site")).write(List.of(run));
    Map<String, String> first = contents();
    new Site(folder.resolve("site")).write(List.of(run));
    assertThat(contents()).isEqualTo(first);
  }

  private RunFile run(String name, String text, double score) throws IOException {
    Path at = Files.createDirectories(folder.resolve("runs").resolve(name));
    RunFile run = new RunFile(at);
    ItemResult item =
        new ItemResult(
            text.replace("/", "_"),
            text,
            List.of(new ItemResult.Image(text, "ab12")),
            text,
            text,
            text,
            List.of(text),
            List.of(text),
            "anls",
            Map.of(text, text),
            text,
            List.of(
                new Trial(
                    0,
                    0,
                    0,
                    0,
                    List.of(0),
                    List.of("f1"),
                    text,
                    text,
                    new Outcome.Scored(score, text),
                    new Outcome.Unparsed(text))));
    CaptionRecord caption =
        new CaptionRecord(
            "f1",
            text,
            text,
            "ab12",
            0,
            text,
            text,
            Ending.of("stop"),
            new TokenCounts(700, null, 7, null),
            null,
            null,
            new RequestTime(0, 1.5));
    RunRecord record =
        new RunRecord(
            RunRecord.FORMAT,
            new RunRecord.Names(name, text, text),
            "0".repeat(64),
            RunRecord.State.FINISHED,
            new RunRecord.Models(
                new ModelIdentity.Imported(text),
                new ModelIdentity.Imported(text),
                new RunRecord.Judge(new ModelIdentity.Imported(text), text)),
            new RunRecord.Protocol(
                "short-answer", 1, text, text, 1, "chat", text, text, "lenient", null, "official"),
            RunRecord.TrialCounts.ONCE,
            List.of(
                new RunRecord.Dataset(
                    text.replace("/", "_"),
                    text,
                    "JSONL",
                    text,
                    new RunRecord.Terms(text, RunRecord.Display.SHOW),
                    null,
                    "sha256:0",
                    1,
                    1,
                    text,
                    1,
                    List.of(text))),
            new RunRecord.Environment(
                "test", "25", "Linux", "cpu", 2, List.of(), null, List.of(), null),
            text,
            "2026-01-01T00:00:00Z",
            null);
    RunJson.replace(run.recordFile(), RunJson.pretty(record));
    JsonLines.replace(run.captionsFile(), List.of(caption));
    JsonLines.replace(run.itemsFile(), List.of(item));
    RunJson.replace(
        run.summaryFile(),
        RunJson.pretty(Summarizer.summarize(List.of(item), CaptionTally.of(List.of(caption)))));
    return run;
  }

  private List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("site"))) {
      return files.filter(f -> f.toString().endsWith(".html")).toList();
    }
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("site"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
