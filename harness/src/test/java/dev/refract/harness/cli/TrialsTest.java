package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.harness.llm.FakeServer.Received;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Protocols and controls through the command line: which requests are sent and how the replies
/// count. The replies are made up; the requests are real.
class TrialsTest {

  private static final String BOXED = "<think>x</think><answer>\\boxed{%s}</answer>";

  @TempDir private Path folder;

  @Test
  void caprlCaptionsFourTimesAndAnswersEachCaptionOnceFromARawTemplate() throws Exception {
    Map<String, AtomicInteger> captions = new ConcurrentHashMap<>(); // of each image
    try (FakeServer server =
        new FakeServer(request ->
            request.body().contains("image_url")
                ? Answer.saying(
                    "Caption "
                        + captions
                            .computeIfAbsent(request.body(), _ -> new AtomicInteger())
                            .incrementAndGet())
                : request.path().endsWith("/completions") && !request.path().contains("chat")
                    ? Answer.completing(
                        BOXED.formatted(request.text().contains("Caption 3") ? "707" : "3"))
                    : Answer.failing(400, "no"))) {
      Refract.Result result = run(server, "caprl", "--protocol", "caprl", "--limit", "2");
      assertThat(result.exitCode()).as(result.err()).isZero();
      RunFile run = RunFile.open(folder.resolve("caprl/vlm"));
      assertThat(run.record().protocol().answerForm()).isEqualTo("raw");
      assertThat(pictured(server))
          .hasSize(2 * 4)
          .allMatch(r ->
              r.json().path("temperature").asDouble() == 1
                  && r.json().path("repetition_penalty").asDouble() == 1
                  && !r.json().has("seed")
                  && r.text().equals("Please describe this image in detail"));
      ItemResult item =
          run.items().stream().filter(i -> i.golds().contains("707")).findFirst().orElseThrow();
      assertThat(item.trials()).hasSize(4);
      assertThat(item.metric()).isEqualTo("caprl");
      assertThat(item.score()).isCloseTo(0.25, within(1e-12));
      assertThat(item.best()).isCloseTo(1, within(1e-12));
      assertThat(item.trials().getFirst().prompt())
          .startsWith("<|im_start|>user\nHere is a detailed caption of an image: Caption ")
          .contains(". Please answer the question based on the caption.How many millimetres")
          .endsWith("<|im_end|>\n<|im_start|>assistant\n");
      assertThat(result.out()).contains("best of n");
      int asked = server.received().size();
      assertThat(run(server, "caprl", "--protocol", "caprl", "--limit", "2").exitCode()).isZero();
      assertThat(server.received()).hasSize(asked + 1); // only the endpoint is queried again
    }
  }

  @Test
  void caprlFallsBackToTheChatFormAndTheRunRecordsIt() throws Exception {
    try (FakeServer server =
        new FakeServer(request ->
            request.path().contains("chat")
                ? Answer.saying(request.body().contains("image_url") ? "C" : BOXED.formatted("3"))
                : Answer.failing(404, "no such path"))) {
      assertThat(run(server, "chat", "--protocol", "caprl", "--limit", "1").exitCode()).isZero();
      RunFile run = RunFile.open(folder.resolve("chat/vlm"));
      assertThat(run.record().protocol().answerForm()).isEqualTo("chat");
      assertThat(run.items().getFirst().trials().getFirst().prompt())
          .startsWith("Here is a detailed caption of an image: C. Please answer");
    }
  }

  @Test
  void rotationsMoveOptionsAndCircularScoringRequiresAllRight() throws Exception {
    // Always the first option, which is right in one of the rotations.
    try (FakeServer server = new FakeServer(_ -> Answer.saying("A"))) {
      Refract.Result result =
          run(server, "r", "--limit", "8", "--filter", "group=choice", "--rotations", "4");
      assertThat(result.exitCode()).as(result.err()).isZero();
      RunFile run = RunFile.open(folder.resolve("r/vlm"));
      Summary.Group group = run.summary().datasets().getFirst();
      assertThat(group.circular()).isCloseTo(0, within(1e-12));
      for (ItemResult item : run.items()) {
        assertThat(item.trials()).hasSize(Math.min(4, item.choices().size()));
        assertThat(item.score()).isCloseTo(1.0 / item.choices().size(), within(1e-12));
        Set<String> chosen =
            item.trials().stream()
                .map(trial -> ((Outcome.Scored) trial.outcome()).answer())
                .collect(Collectors.toSet());
        assertThat(chosen).hasSize(item.trials().size()); // a different option each time
      }
      assertThat(run.summary().letters().keySet()).contains("A");
      assertThat(run.summary().letters().values().stream().mapToInt(Summary.Letter::chosen).sum())
          .isEqualTo(group.answers());
      assertThat(result.out()).contains("circular", "option letters, chosen (correct): A ");
    }
  }

  @Test
  void repeatsAndCaptionBudgetsSendMoreRequestsAndCountSeparately() throws Exception {
    try (FakeServer server =
        new FakeServer(request ->
            Answer.saying(
                request.body().contains("image_url")
                    ? "one two three four five six seven eight"
                    : "707"))) {
      Refract.Result result =
          run(server, "b", "--limit", "1", "--repeats", "3", "--caption-budget", "4,2");
      assertThat(result.exitCode()).as(result.err()).isZero();
      RunFile run = RunFile.open(folder.resolve("b/vlm"));
      ItemResult item = run.items().getFirst();
      assertThat(item.trials().stream().map(Trial::budget)).containsExactly(0, 0, 0, 2, 4);
      assertThat(item.trials().get(3).prompt()).contains("\none two\n").doesNotContain("three");
      assertThat(run.summary().datasets().getFirst().repeats()).hasSize(3);
      assertThat(run.summary().budgets().stream().map(Summary.Budget::pieces))
          .containsExactly(2, 4, 0);
      assertThat(result.out()).contains("by caption length: 2 pieces", "spread");
      assertThat(server.received()).hasSize(1 + 4 * 5);
    }
  }

  @Test
  void aJudgeHasItsOwnColumnJournalAndFailures() throws Exception {
    AtomicInteger judged = new AtomicInteger();
    try (FakeServer server =
            new FakeServer(request ->
                Answer.saying(request.body().contains("image_url") ? "C" : "some answer"));
        FakeServer judge =
            new FakeServer(_ ->
                switch (judged.getAndIncrement() % 3) {
                  case 0 -> Answer.saying("CORRECT");
                  case 1 -> Answer.saying("it could be CORRECT or INCORRECT");
                  default -> Answer.failing(400, "no");
                })) {
      String[] options = {
        "--limit", "4", "--judge", "openai:base_url=%s,model=j".formatted(judge.baseUrl())
      };
      Refract.Result result = run(server, "j", options);
      assertThat(result.exitCode()).as(result.err()).isEqualTo(5); // a missing verdict
      assertThat(result.err()).contains("failed, judge: ");
      assertThat(result.out()).contains("judge failed", "judge unclear");
      RunFile run = RunFile.open(folder.resolve("j/vlm"));
      Summary.Judged figures = Objects.requireNonNull(run.summary().datasets().getFirst().judged());
      assertThat(run.summary().overall().accuracy().mean()).isZero();
      assertThat(figures.score().mean()).isPositive();
      assertThat(figures.failed()).isPositive();
      assertThat(figures.unparsed()).isPositive();
      assertThat(result.out()).contains("judged");
      assertThat(judge.received())
          .allMatch(r -> r.text().contains("Accepted answers:"))
          .noneMatch(r -> r.text().contains("A. ")); // choice questions need no judge
      assertThat(Objects.requireNonNull(run.record().judge()).prompt()).isEqualTo("match/1");
      long landed =
          Files.readAllLines(run.judgementsFile()).stream()
              .filter(l -> l.contains("\"failure\":null"))
              .count();
      int before = judge.received().size();
      run(server, "j", options);
      assertThat(judge.received().size() - before).isEqualTo(before - (int) landed);
    }
  }

  @Test
  void directSeesTheImageAndTheQuestionAndNoCaption() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("707"))) {
      Refract.Result result =
          run(server, "d", "--limit", "2", "--captioner", "direct", "--captioner", "blind");
      assertThat(result.exitCode()).as(result.err()).isZero();
      RunFile direct = RunFile.open(folder.resolve("d/direct"));
      assertThat(direct.record().isControl()).isTrue();
      assertThat(direct.record().answerer().displayName()).isEqualTo("vlm");
      List<Received> both = pictured(server).stream().filter(r -> r.text().contains("?")).toList();
      assertThat(both).hasSize(8).noneMatch(r -> r.text().contains("Description"));
      assertThat(direct.items()).anyMatch(item -> item.score() == 1);
    }
  }

  @Test
  void aSecondAnswererReadsTheSameCaptionsAndTheirRanksAreCompared() throws Exception {
    try (FakeServer server =
        new FakeServer(request ->
            Answer.saying(request.body().contains("image_url") ? "the value is 707" : "707"))) {
      Refract.Result result =
          run(
              server,
              "two",
              "--limit",
              "4",
              "--captioner",
              "placebo",
              "--captioner",
              "blind",
              "--answerer",
              "openai:id=other,base_url=%s,model=o".formatted(server.baseUrl()));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(pictured(server)).hasSize(4); // none for a placebo or second answerer
      assertThat(result.out()).contains("answerer", "over 3 captioners", "Kendall's tau-b");
      RunFile other = RunFile.open(folder.resolve("two/vlm--other"));
      assertThat(other.record().answererId()).isEqualTo("other");
      assertThat(other.captions().keySet())
          .isEqualTo(RunFile.open(folder.resolve("two/vlm")).captions().keySet());
      assertThat(other.summary().timing().captionsPerSecond()).isZero();
    }
  }

  @Test
  void twoCaptionersOfOneModelBothCaption() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("707"))) {
      String twin = captioner(server).replace("id=vlm", "id=twin");
      assertThat(run(server, "aa", "--limit", "3", "--captioner", twin).exitCode()).isZero();
      assertThat(pictured(server)).hasSize(2 * 3);
    }
  }

  @Test
  void theQuerySpecificTrackShowsCaptionersWhatToLookAtAndNeverTheQuestion() throws Exception {
    try (FakeServer server =
        new FakeServer(request ->
            Answer.saying(
                request.text().contains("Contents to observe")
                    ? "the rain <|im_end|>"
                    : request.body().contains("image_url") ? "C" : "707"))) {
      Refract.Result result = run(server, "q", "--limit", "1", "--protocol", "prism-2024-query");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(pictured(server))
          .hasSize(1) // four questions share one query
          .allMatch(r ->
              r.text().endsWith("text present. Especially, pay attention to the rain ‹|im_end|>."));
      RunFile run = RunFile.open(folder.resolve("q/vlm"));
      assertThat(run.items()).hasSize(4).allMatch(i -> "the rain <|im_end|>".equals(i.query()));
      int asked = server.received().size();
      run(server, "q", "--limit", "1", "--protocol", "prism-2024-query");
      assertThat(server.received()).hasSize(asked);
    }
  }

  @Test
  void captionQaShufflesOptionsAndRewardsAbstaining() throws Exception {
    try (FakeServer server =
        new FakeServer(request -> {
          String text = request.text();
          int at = text.indexOf(". Cannot answer from the caption");
          return Answer.saying(
              request.body().contains("image_url")
                  ? "C"
                  : at < 0 ? "A" : text.charAt(at - 1) + ".");
        })) {
      String[] choices = {"--filter", "group=choice", "--limit", "9", "--protocol", "captionqa"};
      Refract.Result result = run(server, "c", choices);
      assertThat(result.exitCode()).as(result.err()).isZero();
      RunFile run = RunFile.open(folder.resolve("c/vlm"));
      List<ItemResult> told =
          run.items().stream()
              .filter(i -> i.representative().outcome() instanceof Outcome.Abstained)
              .toList();
      assertThat(told)
          .isNotEmpty()
          .allSatisfy(item -> {
            assertThat(item.score()).isCloseTo(1.0 / item.choices().size() + 0.05, within(1e-12));
            assertThat(item.representative().order()).contains(item.choices().size());
          });
      assertThat(run.items().stream().map(i -> i.representative().order()).distinct().count())
          .isGreaterThan(1);
      Refract.Result free = run(server, "free", "--limit", "2", "--protocol", "captionqa");
      assertThat(free.exitCode()).isEqualTo(6);
      assertThat(free.err()).contains("asks for letters, but the question has 0 options");
    }
  }

  @Test
  void controlTokensInCaptionsAreCountedInTheTable() throws Exception {
    try (FakeServer server =
        new FakeServer(request ->
            Answer.saying(request.body().contains("image_url") ? "x<|im_end|></s>" : "1"))) {
      Refract.Result result = run(server, "t", "--limit", "3");
      assertThat(result.out()).contains("control tokens");
      assertThat(RunFile.open(folder.resolve("t/vlm")).summary().health().controlTokens())
          .isEqualTo(6);
    }
  }

  @Test
  void publishedRowsAppearBelowRunsOfTheirProtocolAndOnTheBoard() throws Exception {
    Path data = Files.createDirectories(folder.resolve("png"));
    Files.copy(
        dev.refract.manifest.BundledSuite.mini().resolve("images/chart-01.png"),
        data.resolve("a.png"));
    Files.writeString(
        folder.resolve("caprl-chartqa.json"),
        """
        [{"image": "png/a.png", "answer": "707", "prompt": "<|im_start|>user\\n<|vision_start|><|image_pad|><|vision_end|>How many?<|im_end|>\\n<|im_start|>assistant\\n"}]
        """);
    try (FakeServer server =
        new FakeServer(request ->
            request.path().contains("chat")
                ? Answer.saying("C")
                : Answer.completing(BOXED.formatted("7.07")))) {
      Refract.Result result =
          Refract.run(
              "run",
              "--dataset",
              folder.resolve("caprl-chartqa.json"),
              "--protocol",
              "caprl",
              "--captioner",
              captioner(server),
              "--answerer",
              "openai:base_url=%s,model=m".formatted(server.baseUrl()),
              "--out",
              folder.resolve("p"));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("100.0%") // a chart: 7.07 times 100 is 707
          .contains("Published results, not measured here", "Qwen2.5-VL-7B", "caprl-chartqa 74.9");
      assertThat(Refract.run("board", folder.resolve("p"), "--out", folder.resolve("s")).exitCode())
          .isZero();
      assertThat(folder.resolve("s/index.html"))
          .content()
          .contains("Published results, not measured here", "CapRL-3B", "80.5");
    }
  }

  @Test
  void anotherPromptUnderTheSameNameIsAnotherProtocol() throws Exception {
    Path own = folder.resolve("own.yaml");
    String text =
        Refract.run("protocols", "show", "short-answer").out().replace("short-answer", "own");
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      Files.writeString(own, text);
      run(server, "p1", "--limit", "2", "--protocol", own.toString());
      Files.writeString(own, text.replace("Question: {question}", "Q: {question}"));
      run(server, "p2", "--limit", "2", "--protocol", own.toString());
      Refract.Result compared =
          Refract.run("compare", folder.resolve("p1/vlm"), folder.resolve("p2/vlm"));
      assertThat(compared.exitCode()).isEqualTo(2);
      assertThat(compared.err()).contains("differ in protocol");
      Refract.Result crossed =
          Refract.run(
              "answer",
              folder.resolve("p1/vlm"),
              "--protocol",
              "prism-2024-query",
              "--answerer",
              "openai:base_url=%s,model=m".formatted(server.baseUrl()),
              "--out",
              folder.resolve("crossed"));
      assertThat(crossed.exitCode()).isEqualTo(2);
      assertThat(crossed.err()).contains("without telling the captioner what to look at");
    }
  }

  @Test
  void mistakesInAUsersProtocolFileAreReported() throws Exception {
    Path own = folder.resolve("own.yaml");
    String text = Refract.run("protocols", "show", "short-answer").out();
    Files.writeString(
        own, text.replace("id: short-answer", "id: own").replace("samples: 1", "samples: 2"));
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      assertThat(run(server, "own", "--limit", "1", "--protocol", own.toString()).exitCode())
          .isZero();
      assertThat(RunFile.open(folder.resolve("own/vlm")).record().protocol())
          .returns("own", p -> p.id())
          .returns(2, p -> p.captions());
      Files.writeString(own, text.replace("{question}", "question"));
      Refract.Result broken = run(server, "o2", "--protocol", own.toString());
      assertThat(broken.exitCode()).isEqualTo(2);
      assertThat(broken.err()).contains("own.yaml:", "'template': expected {question} once");
      Refract.Result unknown = run(server, "o3", "--protocol", "capral");
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.err()).contains("did you mean 'caprl'?");
      assertThat(run(server, "o4", "--rotations", "0").exitCode()).isEqualTo(2);
    }
  }

  private static List<Received> pictured(FakeServer server) {
    return server.received().stream().filter(r -> r.body().contains("image_url")).toList();
  }

  private static String captioner(FakeServer server) {
    return "openai:id=vlm,base_url=%s,model=vlm,concurrency=2".formatted(server.baseUrl());
  }

  private Refract.Result run(FakeServer server, String out, String... options) {
    List<Object> command =
        new ArrayList<>(List.of("run", "--dataset", "mini", "--captioner", captioner(server)));
    command.addAll(
        List.of(
            "--answerer", "openai:base_url=%s,model=m,concurrency=3".formatted(server.baseUrl())));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("--out", folder.resolve(out)));
    return Refract.run(command.toArray());
  }
}
