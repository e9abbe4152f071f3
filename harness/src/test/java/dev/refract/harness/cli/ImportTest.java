package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

  @TempDir private Path folder;

  @Test
  void outputsOfOthersBecomeARunThatCanBeShown() throws IOException {
    write(
        "q.jsonl",
        "{'question_id':'1','image_id':'a.png','question':'Is"
            + " it?','gold':['Yes'],'kind':'yes_no','category':'bar'}",
        "{'question_id':'2','image_id':'a.png','question':'How"
            + " many?','gold':['70.0'],'kind':'number'}",
        "{'question_id':'3','image_id':'b.png','question':'Is it?','gold':['No'],'kind':'yes_no'}",
        "{'question_id':'4','image_id':'b.png','question':'Is it?','gold':['No'],'kind':'yes_no'}");
    write(
        "a.jsonl",
        "{'question_id':'1','answer':'Yes, it is.'}",
        "{'question_id':'2','answer':'The answer is 72'}",
        "{'question_id':'3','answer':'It is neither yes nor no.'}",
        "{'question_id':'1','answer':'No'}",
        "{'question_id':'9','answer':'No'}");
    write("c.jsonl", "{'image_id':'a.png','caption':'A bar chart.'}");
    Refract.Result result = run("--captions", folder.resolve("c.jsonl"));
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains("1 lines repeat an id, such as '1'; the first of each is kept")
        .contains("1 answers without a question, such as '9'; ignored")
        .contains("1 questions have no answer, such as '4'; they count as failed");
    RunFile run = RunFile.open(folder.resolve("runs/them"));
    List<ItemResult> items = run.items();
    assertThat(items.get(0).representative().outcome()).isEqualTo(new Outcome.Scored(1, "yes"));
    assertThat(items.get(1).representative().outcome()).isEqualTo(new Outcome.Scored(1, "72"));
    assertThat(items.get(2).representative().outcome()).isInstanceOf(Outcome.Unparsed.class);
    assertThat(items.get(3).representative().outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(run.summary().overall().accuracy().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(run.captions()).hasSize(1);
    assertThat(run("--captions", folder.resolve("c.jsonl")).exitCode()).isZero(); // the same again
    Path site = folder.resolve("site");
    assertThat(Refract.run("board", folder.resolve("runs"), "--out", site).exitCode()).isZero();
    assertThat(site.resolve("runs/them/index.html")).content().contains("Is it?");
  }

  @Test
  void anUnknownMetricIsReportedWithItsLineAndNothingIsLeftBehind() throws IOException {
    write(
        "q.jsonl",
        "{'question_id':'1','image_id':'a','question':'?','gold':['0'],'metric':'nosuch'}");
    write("a.jsonl", "{'question_id':'1','answer':'0.0'}");
    Refract.Result result = run();
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("q.jsonl:1", "metric");
    assertThat(folder.resolve("runs/them")).doesNotExist();
  }

  @Test
  void numbersKeepTheirSpellingAndSeveralGoldsAreAllRight() throws IOException {
    write(
        "q.jsonl",
        "{'question_id':'1','image_id':'a','question':'?','gold':['1.50'],'metric':'anls'}",
        "{'question_id':'2','image_id':'a','question':'?','gold':['Mali','Chad'],'choices':['Mali','Niger','Chad'],'metric':'choice'}",
        "{'question_id':'3','image_id':'a','question':'?','gold':['Mali','Chad'],'choices':['Mali','Niger','Chad'],'metric':'choice'}");
    write(
        "a.jsonl",
        "\ufeff{'question_id':'1','answer':1.50}",
        "{'question_id':'2','answer':'C'}",
        "{'question_id':'3','answer':'Niger'}");
    Refract.Result result = run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<ItemResult> items = RunFile.open(folder.resolve("runs/them")).items();
    assertThat(items.get(0).representative().outcome())
        .isInstanceOfSatisfying(Outcome.Scored.class, o -> assertThat(o.value()).isOne());
    assertThat(items.get(1).representative().outcome())
        .isInstanceOfSatisfying(Outcome.Scored.class, o -> assertThat(o.value()).isOne());
    assertThat(items.get(2).representative().outcome())
        .isInstanceOfSatisfying(Outcome.Scored.class, o -> assertThat(o.value()).isZero());
  }

  /// A gold of zero: ChartQA's own scorer treats it as text, its paper as a number.
  @Test
  void savedRepliesAreScoredAgainInTheOtherMode() throws IOException {
    write("q.jsonl", "{'question_id':'1','image_id':'a','question':'?','gold':['0']}");
    write("a.jsonl", "{'question_id':'1','answer':'0.0'}");
    assertThat(run().out()).contains("0.0%");
    Path run = folder.resolve("runs/them");
    assertThat(Refract.run("score", run).out()).contains("0 answers change");
    assertThat(Refract.run("score", run, "--mode", "strict").out())
        .contains("0.00 % in the run, 100.00 % strict, n 1")
        .contains("1 (relaxed_accuracy, gold [0]): '0.0' 1.00, was '0.0' 0.00");
    assertThat(Refract.run("score", run, "--mode", "strict", "--json").out())
        .contains("\"mode\" : \"strict\"");
    assertThat(Refract.run("score", folder).exitCode()).isEqualTo(6);
  }

  @Test
  void scoresThatComeWithTheOutputsCount() throws IOException {
    write("q.jsonl", "{'question_id':'1','image_id':'a','question':'?','gold':['x']}");
    write("a.jsonl", "{'question_id':'1','answer':'y'}");
    write("s.jsonl", "{'question_id':'1','score':0.25}");
    assertThat(run("--scores", folder.resolve("s.jsonl")).out()).contains("25.0%");
    write("s.jsonl", "{'question_id':'1','score':25}");
    Refract.Result wrong = run("--scores", folder.resolve("s.jsonl"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("holds a run with other settings or data (its files were different)");
  }

  @Test
  void mistakesAreReportedWithFileAndLine() throws IOException {
    write("q.jsonl", "{'question_id':'1','image_id':'a','question':'?','gold':[]}");
    write("a.jsonl", "{'question_id':'1','answer':'y'}");
    assertThat(run().err()).contains("q.jsonl:1: field 'gold': expected a text or a list of texts");
    write("q.jsonl", "{'question_id':'1'", "x");
    assertThat(run().err()).contains("q.jsonl:1: not JSON");
    Files.writeString(folder.resolve("q.jsonl"), "");
    Refract.Result empty = run();
    assertThat(empty.exitCode()).isEqualTo(6);
    assertThat(empty.err()).contains("q.jsonl: contains no lines");
  }

  @Test
  void optionsAttributesAndNullsAreTaken() throws IOException {
    write(
        "q.jsonl",
        "{'question_id':'1','image_id':'a','question':'?','gold':['C'],'choices':['Mali','Niger','Chad']}",
        "{'question_id':'2','image_id':'a','question':'?','gold':'Chad','choices':['Mali','Niger','Chad']}",
        "{'question_id':'3','image_id':'a','question':'?','gold':['2010'],'metric':'chartqapro',"
            + "'attributes':{'year':'YES'}}",
        "{'question_id':'4','image_id':'a','question':'?','gold':['x']}");
    write(
        "a.jsonl",
        "{'question_id':'1','answer':'The answer is C because it is large.'}",
        "{'question_id':'2','answer':'B'}",
        "{'question_id':'3','answer':'2011'}",
        "{'question_id':'4','answer':null}");
    Refract.Result result = run();
    assertThat(result.err())
        .contains("1 questions have no answer, such as '4'; they count as failed");
    List<ItemResult> items = RunFile.open(folder.resolve("runs/them")).items();
    assertThat(items.stream().map(i -> i.representative().outcome().score()))
        .containsExactly(1.0, 0.0, 0.0, 0.0);
    assertThat(items.get(3).representative().outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void captionsWithoutAnswersAreImportedToBeAnsweredHere() throws IOException {
    write("q.jsonl", "{'question_id':'1','image_id':'a','question':'Which?','gold':['red']}");
    write("c.jsonl", "{'image_id':'a','caption':'It is red.'}");
    Path out = folder.resolve("runs/captions");
    Refract.Result result =
        Refract.run(
            "import",
            "--questions",
            folder.resolve("q.jsonl"),
            "--captions",
            folder.resolve("c.jsonl"),
            "--captioner",
            "vlm",
            "--out",
            out);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("Answer it: refract answer " + out);
    assertThat(RunFile.open(out).captions()).hasSize(1);
    assertThat(
            Refract.run(
                    "import",
                    "--questions",
                    folder.resolve("q.jsonl"),
                    "--captioner",
                    "x",
                    "--out",
                    out)
                .err())
        .contains("give --answers, or --captions alone");
  }

  @Test
  void rowsThatContradictTheirQuestionOrEachOtherAreRefused() throws IOException {
    write(
        "q.jsonl",
        "{'question_id':'1','image_id':'a','question':'?','gold':['x']}",
        "{'question_id':'2','image_id':'a','question':'?','gold':['y']}");
    write("a.jsonl", "{'question_id':'1','answer':'x','gold':['y']}");
    assertThat(run().err())
        .contains("a.jsonl:1: field 'gold': expected the same as in", "q.jsonl:1");
    write(
        "a.jsonl",
        "{'question_id':'1','answer':'x','model':'m1'}",
        "{'question_id':'2','answer':'x','model':'m2'}");
    assertThat(run().err()).contains("a.jsonl:2: field 'model': expected 'm1'");
    write(
        "q.jsonl",
        "{'question_id':'1','image_id':'a','question':'?','gold':['7'],'kind':'yes_no'}");
    assertThat(run().err()).contains("q.jsonl:1: field 'gold': expected yes or no");
    assertThat(folder.resolve("runs/them")).doesNotExist();
  }

  @Test
  void scoresOfOthersStayTheirsWhenARunIsScoredAgain() throws IOException {
    write("q.jsonl", "{'question_id':'1','image_id':'a','question':'?','gold':['x']}");
    write("a.jsonl", "{'question_id':'1','answer':'x'}");
    write("s.jsonl", "{'question_id':'1','score':0.25}");
    run("--scores", folder.resolve("s.jsonl"));
    Path run = folder.resolve("runs/them");
    assertThat(RunFile.open(run).items().getFirst().representative().outcome())
        .isEqualTo(new Outcome.Scored(0.25, "x", Basis.IMPORTED, 1.0));
    assertThat(Refract.run("score", run).out()).contains("0 answers change");
  }

  /// Seven models on ChartBench, with published scores that another scorer computed.
  @Test
  void realAnswersAreScoredAsTheirPublishersScoreThem() {
    Path bench = Shared.folder().resolve("replay-chartbench");
    assumeThat(bench).as("real answers").exists();
    for (String model : List.of("Qwen2.5-VL-3B-Instruct", "deplot")) {
      List<Double> accuracies = new ArrayList<>();
      for (boolean theirs : new boolean[] {false, true}) {
        Path out = folder.resolve("runs/" + model + theirs);
        List<Object> command = new ArrayList<>(List.of("import", "--questions"));
        command.add(bench.resolve("questions.jsonl"));
        command.addAll(List.of("--answers", bench.resolve("answers-" + model + ".jsonl")));
        command.addAll(List.of("--captioner", model, "--answerer", model, "--out", out));
        if (theirs) {
          command.addAll(List.of("--scores", bench.resolve("scores-" + model + ".jsonl")));
        }
        assertThat(Refract.run(command.toArray()).exitCode()).isZero();
        accuracies.add(RunFile.open(out).summary().overall().accuracy().mean());
      }
      assertThat(accuracies.get(0)).as(model).isCloseTo(accuracies.get(1), within(0.005));
    }
  }

  private Refract.Result run(Object... more) {
    List<Object> command = new ArrayList<>(List.of("import"));
    command.addAll(List.of("--questions", folder.resolve("q.jsonl")));
    command.addAll(List.of("--answers", folder.resolve("a.jsonl")));
    command.addAll(List.of("--captioner", "vlm", "--answerer", "llm"));
    command.addAll(List.of("--out", folder.resolve("runs/them")));
    command.addAll(List.of(more));
    return Refract.run(command.toArray());
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(
        folder.resolve(name), List.of(lines).stream().map(l -> l.replace('\'', '"')).toList());
  }
}
