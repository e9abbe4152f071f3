package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.file.RunJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

/// Compare, gate, baselines and power through the command line, on runs of imported scores: 200
/// images of 5 questions.
class GateTest {

  private static final int IMAGES = 200;
  private static final int QUESTIONS = 1_000;
  private static final String POLICY = "defaults: {margin: 2, max_failed: 1}\n";

  @TempDir private Path folder;

  @BeforeEach
  void runs() throws IOException {
    run("good", i -> i % 10 < 7);
    run("equal", i -> i % 10 < 7 ^ i % 100 == 50 ^ i % 100 == 69); // one in a hundred each way
    run("worse", i -> i % 10 < 7 && i % 7 != 0);
    run("unclear", i -> i % 10 < 7 ? i % 17 != 0 : i % 9 == 0);
  }

  @Test
  void anEqualCandidatePassesWithZero() throws IOException {
    Refract.Result result = gate(POLICY, "equal");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).contains("equal against good: pass (1 of 1 checks)");
  }

  @Test
  void aRegressionExitsThreeAndNamesTheBenchmark() throws IOException {
    Refract.Result result = gate(POLICY, "worse");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).contains("charts: regression, -10.0 points [", "margin 2.0");
  }

  @Test
  void anInconclusiveGateExitsFourUnlessThePolicyAcceptsIt() throws IOException {
    Refract.Result result = gate(POLICY, "unclear");
    assertThat(result.exitCode()).as(result.out()).isEqualTo(4);
    assertThat(result.out()).contains("charts: inconclusive");
    Refract.Result accepted = gate(POLICY + "inconclusive: pass\n", "unclear");
    assertThat(accepted.exitCode()).isZero();
    assertThat(accepted.out()).contains("inconclusive", "which the policy accepts");
  }

  @Test
  void incomparableRunsAreRefusedWithExitCodeTwo() throws IOException {
    run("other-answerer", "charts", "somebody", i -> i % 10 < 7);
    Refract.Result answerer = gate(POLICY, "other-answerer");
    assertThat(answerer.exitCode()).isEqualTo(2);
    assertThat(answerer.out()).contains("refused, the runs differ in answerer");
    assertThat(gate(POLICY, "other-answerer", "--allow", "answerer").exitCode()).isZero();
    run("other-data", "documents", "llm", i -> i % 10 < 7);
    assertThat(gate(POLICY, "other-data").out()).contains("refused, the runs differ in data");
    assertThat(gate("defaults: {margin: 2, min_questions: 5000}\n", "equal").exitCode())
        .isEqualTo(2);
    Refract.Result missing = gate(POLICY + "benchmarks: {docs: {margin: 1}}\n", "equal");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.out()).contains("docs: refused, the policy names it");
    Refract.Result speed = gate(POLICY + "throughput: {min_ratio: 0.95}\n", "equal");
    assertThat(speed.exitCode()).isEqualTo(2);
    assertThat(speed.out()).contains("captions/s: refused, too few timed captions: 0");
  }

  @Test
  void aMistakeInAPolicyIsReportedWithItsLine() throws IOException {
    Refract.Result unknown = gate("defaults: {margn: 2}\n", "equal");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("policy.yaml:1", "margn", "did you mean 'margin'?");
    assertThat(gate("alpha: 0.05\n", "equal").err())
        .contains("a policy without rules would pass everything");
    assertThat(gate("defaults: {margin: -1}\n", "equal").err()).contains("expected 0 to 100");
    assertThat(gate("alpha: 2\ndefaults: {margin: 1}\n", "equal").err()).contains("'alpha'");
  }

  @Test
  void aMarginTooFineForTheDataGivesAWarningWithTheQuestionsNeeded() throws IOException {
    assertThat(gate("defaults: {margin: 0.3}\n", "unclear").out())
        .containsPattern(
            "warning: charts: a margin of 0\\.3 points is finer than 1,000 questions can prove"
                + " \\(\\d\\.\\d\\); about \\d+,\\d+");
  }

  @Test
  void groupsThatMustNotDropAreCheckedSeparately() throws IOException {
    String groups = "groups: ['charts: image / hard', 'charts: image / easy']\n";
    assertThat(gate(groups, "equal").exitCode()).isZero();
    Refract.Result worse = gate(groups, "worse");
    assertThat(worse.exitCode()).isEqualTo(3);
    assertThat(worse.out()).contains("charts: image / hard: regression", "for a drop (Holm)");
    assertThat(gate("groups: [nothing]\n", "equal").out())
        .contains("nothing: refused, no such group; there are charts: image / ");
  }

  @Test
  void attemptsOnOneCommitDivideAlphaAndTheSameResultsCountOnce() throws IOException {
    Path attempts = folder.resolve("a/attempts.jsonl");
    String[] options = {"--commit", "abc", "--attempts", attempts.toString()};
    assertThat(gate(POLICY, "equal", options).out()).doesNotContain("attempt 2");
    assertThat(gate(POLICY, "equal", options).out()).doesNotContain("attempt 2");
    assertThat(gate(POLICY, "unclear", options).out())
        .contains("attempt 2 on this commit: alpha is 0.025");
    assertThat(gate(POLICY, "unclear", "--commit", "def", "--attempts", attempts.toString()).out())
        .doesNotContain("attempt");
    assertThat(Files.readAllLines(attempts)).hasSize(3);
  }

  @Test
  void junitXmlParsesLikeItsReadersParseIt() throws Exception {
    Path xml = folder.resolve("out/gate.xml");
    gate(POLICY + "benchmarks: {\"d\\x01<&>\": {margin: 1}}\n", "worse", "--junit", xml.toString());
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(xml))));
    Element suite = document.getDocumentElement();
    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    Element failure = (Element) suite.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("type")).isEqualTo("regression");
    assertThat(failure.getAttribute("message")).contains("-10.0 points");
    assertThat(((Element) suite.getElementsByTagName("testcase").item(1)).getAttribute("name"))
        .isEqualTo("d<&>");
  }

  @Test
  void githubGetsAnnotationsAndAStepSummary() throws Exception {
    Path summary = folder.resolve("summary.md");
    Files.writeString(summary, "before\n");
    write("policy.yaml", POLICY + "groups: [" + "x, ".repeat(20) + "'y: 50%, z']\n");
    Refract.Result result =
        Refract.run(
            Map.of("GITHUB_STEP_SUMMARY", summary.toString(), "GITHUB_SHA", "abc"),
            "gate",
            "--policy",
            folder.resolve("policy.yaml"),
            "--baseline",
            folder.resolve("runs/good"),
            "--candidate",
            folder.resolve("runs/worse"),
            "--attempts",
            folder.resolve("at.jsonl"),
            "--github");
    List<String> annotations = result.out().lines().filter(line -> line.startsWith("::")).toList();
    assertThat(annotations).hasSize(10);
    assertThat(annotations.getFirst())
        .startsWith("::error title=refract%3A charts::charts: regression, -10.0 points");
    assertThat(annotations.getLast()).isEqualTo("::error title=refract::and 13 more");
    assertThat(summary)
        .content()
        .startsWith("before\n<!-- refract-gate -->\n### refract: worse against good: refused")
        .contains("| charts | **regression** |");
  }

  @Test
  void markdownBadgeAndJsonAgree() throws Exception {
    Path markdown = folder.resolve("gate.md");
    Path badge = folder.resolve("gate.svg");
    Path json = folder.resolve("gate.json");
    gate(POLICY, "worse", "--markdown", "" + markdown, "--badge", "" + badge, "--json", "" + json);
    assertThat(markdown).content().startsWith("<!-- refract-gate -->\n").contains("**regression**");
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(badge))));
    assertThat(svg.getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("refract: regression");
    JsonNode node = RunJson.MAPPER.readTree(Files.readString(json));
    assertThat(node.path("verdict").path("type").asString()).isEqualTo("regression");
    assertThat(node.path("passes").asBoolean(true)).isFalse();
    assertThat(node.path("report").path("checks").path(0).path("name").asString())
        .isEqualTo("charts");
  }

  @Test
  void aBaselineWhoseServerFailedLetsNothingPass() throws IOException {
    run("broken", "charts", "llm", i -> i % 10 < 7, i -> i % 2 == 0);
    List<Object> command =
        List.of(
            "gate",
            "--policy",
            write("policy.yaml", POLICY),
            "--baseline",
            folder.resolve("runs/broken"),
            "--candidate",
            folder.resolve("runs/worse"));
    Refract.Result result = Refract.run(Map.of(), command.toArray());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out())
        .contains("50.0 % of the baseline's answers failed; the limit is 1.0 %");
  }

  @Test
  void theIntervalInAVerdictIsTheOneThatDecides() throws Exception {
    Path json = folder.resolve("gate.json");
    Refract.Result result = gate("defaults: {margin: 3}\n", "unclear", "--json", "" + json);
    JsonNode figures =
        RunJson.MAPPER
            .readTree(Files.readString(json))
            .path("report")
            .path("checks")
            .path(0)
            .path("figures");
    double low = figures.path("low").asDouble();
    assertThat(low > -0.03).isEqualTo(result.exitCode() == 0);
    assertThat(result.out()).contains("[%.1f, ".formatted(100 * low));
    assertThat(figures.path("n").asInt()).isEqualTo(QUESTIONS);
  }

  @Test
  void aTruncatedAttemptIsDroppedAndAnUnwritableReportDoesNotHideTheVerdict() throws IOException {
    Path attempts = folder.resolve("torn.jsonl");
    Files.writeString(attempts, "{\"commit\":\"abc\",\"cand");
    String[] torn = {"--commit", "abc", "--attempts", "" + attempts};
    assertThat(gate(POLICY, "equal", torn).exitCode()).isZero();
    assertThat(Files.readAllLines(attempts)).hasSize(1);
    Refract.Result unwritable = gate(POLICY, "worse", "--junit", "/proc/nothing/gate.xml");
    assertThat(unwritable.exitCode()).isEqualTo(3);
    assertThat(unwritable.err()).contains("a report cannot be written");
    Path stale = Files.writeString(folder.resolve("stale.md"), "<!-- refract-gate -->\nold");
    assertThat(gate("margin: 1\n", "equal", "--markdown", "" + stale).exitCode()).isEqualTo(2);
    assertThat(stale).doesNotExist();
  }

  @Test
  void powerRefusesTooFewImages() {
    assertThat(Refract.run("power", "--n", "18", "--images", "5").err()).contains("cannot prove");
    assertThat(Refract.run("power", "--n", "18", "--discordance", "0").err())
        .contains("expected above 0");
    assertThat(compare("good", "worse", "--flips", "-1").exitCode()).isEqualTo(2);
    assertThat(compare("good", "worse", "--ranks", "--json").exitCode()).isEqualTo(2);
    assertThat(compare("good", "worse", "--margins", "1").exitCode()).isEqualTo(2);
    assertThat(Refract.run("power", "--help").err()).doesNotContain("WARN");
  }

  @Test
  void compareReportsWhatIsProven() {
    Refract.Result result = compare("good", "worse", "equal");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("charts: worse is worse by 10.0 points [", "100 of 1,000 scores changed")
        .contains("charts: no difference proven: 0.0 points [", "20 of 1,000 scores changed")
        .contains("By group, exploratory", "What changed most:");
    Refract.Result json = compare("good", "worse", "--json");
    JsonNode row = RunJson.MAPPER.readTree(json.out()).path(0).path("rows").path(0);
    assertThat(row.path("delta").asDouble()).isCloseTo(-0.1, within(1e-12));
    assertThat(row.path("worse").asInt()).isEqualTo(100);
    assertThat(row.path("p").asDouble()).isLessThan(0.001);
    assertThat(compare("good", "worse", "--markdown").out()).contains("| charts | 1000 | 200 |");
    assertThat(compare("good", "worse", "equal", "--ranks", "--margins", "2").out())
        .containsPattern("worse +equal +\\+10\\.0")
        .containsPattern("good +70\\.0% +1 to 2")
        .containsPattern("worse +60\\.0% +3");
    assertThat(compare("good", "good").out())
        .contains("no difference: none of 1,000 scores changed");
    assertThat(compare("good").exitCode()).isEqualTo(2);
    assertThat(compare("good", "nothing").err()).contains("neither a run's folder nor a baseline");
  }

  @Test
  void baselinesArePinnedByTheirDigest() throws IOException {
    Path store = folder.resolve("refract-baselines.json");
    assertThat(
            Refract.run("baseline", "set", "main", folder.resolve("runs/good"), "--store", store)
                .exitCode())
        .isZero();
    assertThat(Files.readString(store)).contains("\"run\" : \"runs/good\"");
    assertThat(Refract.run("baseline", "show", "--store", store).out()).contains("unchanged");
    Path policy = write("policy.yaml", POLICY);
    List<Object> gate = new ArrayList<>(List.of("gate", "--policy", policy));
    gate.addAll(List.of("--baseline", "main", "--candidate", folder.resolve("runs/equal")));
    gate.addAll(List.of("--store", store));
    assertThat(Refract.run(gate.toArray()).exitCode()).isZero();
    Path items = folder.resolve("runs/good/items.jsonl");
    Files.writeString(
        items, Files.readString(items).replaceFirst("\"value\":1.0", "\"value\":0.0"));
    Refract.Result edited = Refract.run(gate.toArray());
    assertThat(edited.exitCode()).isEqualTo(6);
    assertThat(edited.err()).contains("items.jsonl:1: its checksum does not match");
    assertThat(Refract.run("baseline", "show", "--store", store).out()).contains("damaged");
    try (Stream<Path> files =
        Files.list(folder.resolve("runs/worse"))) { // another run in its place
      for (Path file : files.toList()) {
        Files.copy(
            file,
            folder.resolve("runs/good").resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Refract.Result changed = Refract.run(gate.toArray());
    assertThat(changed.exitCode()).isEqualTo(6);
    assertThat(changed.err()).contains("baseline 'main' points to results with digest");
    assertThat(Refract.run("baseline", "show", "--store", store).out()).contains("results changed");
    assertThat(Refract.run("baseline", "show", "nope", "--store", store).exitCode()).isEqualTo(2);
  }

  @Test
  void powerComputesWhatNQuestionsProve() {
    String[] closed = {"power", "--n", "6183", "--images", "6183", "--discordance", "0.1"};
    Refract.Result result = Refract.run((Object[]) closed);
    assertThat(result.out())
        .contains("smallest margin that a gate can prove:       1.0 points", " 1.0    6,183")
        .contains("###");
    Refract.Result seen =
        Refract.run("power", "--like", folder.resolve("runs/good"), folder.resolve("runs/worse"));
    assertThat(seen.out()).contains("1,000 questions", "standard deviation of 0.224");
    assertThat(Refract.run("power").exitCode()).isEqualTo(2);
    assertThat(Refract.run("power", "--n", "10", "--images", "20").exitCode()).isEqualTo(2);
    assertThat(Refract.run("power", "--n", "10", "--discordance", "2").exitCode()).isEqualTo(2);
  }

  private Refract.Result gate(String policy, String candidate, String... options)
      throws IOException {
    List<Object> command =
        new ArrayList<>(List.of("gate", "--policy", write("policy.yaml", policy)));
    command.addAll(List.of("--baseline", folder.resolve("runs/good")));
    command.addAll(List.of("--candidate", folder.resolve("runs").resolve(candidate)));
    command.addAll(List.of(options));
    return Refract.run(Map.of(), command.toArray());
  }

  private Refract.Result compare(String... arguments) {
    List<Object> command = new ArrayList<>(List.of("compare"));
    for (String argument : arguments) {
      Path run = folder.resolve("runs").resolve(argument);
      command.add(argument.startsWith("-") || !Files.exists(run) ? argument : run);
    }
    return Refract.run(command.toArray());
  }

  private void run(String name, IntPredicate right) throws IOException {
    run(name, "charts", "llm", right);
  }

  private void run(String name, String dataset, String answerer, IntPredicate right)
      throws IOException {
    run(name, dataset, answerer, right, _ -> true);
  }

  /// @param answered which questions have an answer
  private void run(
      String name, String dataset, String answerer, IntPredicate right, IntPredicate answered)
      throws IOException {
    StringBuilder questions = new StringBuilder();
    StringBuilder answers = new StringBuilder();
    StringBuilder scores = new StringBuilder();
    for (int i = 0; i < QUESTIONS; i++) {
      String id = "{\"question_id\":\"%d\",".formatted(i);
      questions.append(
          id
              + "\"image_id\":\"%d\",\"question\":\"q %d %s\",\"gold\":[\"x\"],\"kind\":\"%s\"}\n"
                  .formatted(i % IMAGES, i, dataset, i < QUESTIONS / 2 ? "easy" : "hard"));
      if (answered.test(i)) {
        answers.append(id).append("\"answer\":\"%s\"}\n".formatted(right.test(i) ? "x" : "y"));
      }
      scores.append(id).append("\"score\":%d}\n".formatted(right.test(i) ? 1 : 0));
    }
    Refract.Result result =
        Refract.run(
            "import",
            "--questions",
            write(dataset + "/q.jsonl", questions.toString()),
            "--answers",
            write("a.jsonl", answers.toString()),
            "--scores",
            write("s.jsonl", scores.toString()),
            "--captioner",
            name,
            "--answerer",
            answerer,
            "--out",
            folder.resolve("runs").resolve(name));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
