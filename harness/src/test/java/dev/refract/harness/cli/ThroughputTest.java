package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.RunFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThroughputTest {

  @TempDir private Path folder;

  @Test
  void aLoadIsReportedAsTextAndJsonWithTheReasonsForInvalid() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("a chart"))) {
      Path out = folder.resolve("t.json");
      Refract.Result result =
          throughput(server, "--synthetic", "64x48", "--offline", "20", "--out", out.toString());
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("offline, 20 at once", "20 in", "INVALID", "a p99 needs 662");
      JsonNode json = JsonMapper.builder().build().readTree(Files.readString(out));
      JsonNode window = json.path("steps").path(0).path("windows").path(0);
      assertThat(window.path("requests").asInt()).isEqualTo(20);
      double tokens =
          window.path("output_tokens_per_second").asDouble() * window.path("seconds").asDouble();
      assertThat(Math.round(tokens)).isEqualTo(60); // three per reply
      assertThat(json.path("images").asString()).contains("64 x 48");
      assertThat(json.path("command").asString()).contains("throughput --captioner");
      assertThat(seen(server)).as("no image is like another").hasSize(20);
      assertThat(json.path("text_tokens").asInt()).as("asked once without an image").isEqualTo(9);
      assertThat(window.path("image_tokens_per_second").asDouble()).isZero(); // usage is fixed at 9
      assertThat(json.path("tokens_counted_by").asString()).isEqualTo("the server's usage");
      assertThat(server.received()).allMatch(r -> r.json().path("stream").asBoolean());
    }
  }

  @Test
  void imagesOfADatasetAreSentOnceAndTheWarmUpUsesOthers() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("a chart"))) {
      Refract.Result result = throughput(server, "--dataset", "mini", "--offline", "60");
      assertThat(result.out()).contains("cache-warm: 6 requests repeat an image");
      assertThat(seen(server)).hasSize(54);
    }
  }

  @Test
  void exactlyTheTimedCaptionsAreScored() throws Exception {
    AtomicInteger captions = new AtomicInteger();
    try (FakeServer server =
            new FakeServer(request ->
                Answer.saying(
                    isSeeing(request) ? "caption " + captions.incrementAndGet() : "no idea"));
        FakeServer answerer = new FakeServer(_ -> Answer.saying("The answer is 4"))) {
      Path run = folder.resolve("timed");
      Path out = folder.resolve("t.json");
      String[] options = {
        "--dataset",
        "mini",
        "--offline",
        "20",
        "--with-accuracy",
        run.toString(),
        "--answerer",
        "openai:base_url=%s,model=a".formatted(answerer.baseUrl()),
        "--out",
        out.toString()
      };
      Refract.Result result = throughput(server, options);
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).contains("Accuracy of the captions that were timed", "20 images");
      assertThat(seen(server)).as("nothing was captioned again").hasSize(20);
      RunFile scored = RunFile.open(run);
      assertThat(scored.captions().values())
          .extracting(CaptionRecord::text)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 20).mapToObj(i -> "caption " + i).toList());
      assertThat(scored.captions().values()).allMatch(c -> c.time().startedMillis() > 0);
      Meter meter = Objects.requireNonNull(scored.summary().timing().captioning());
      assertThat(meter.landed()).as("they count as this run's own").isEqualTo(20);
      LoadReport report = LoadReport.read(out);
      LoadReport.Accuracy accuracy = Objects.requireNonNull(report.accuracy());
      assertThat(accuracy.accuracy()).isEqualTo(scored.summary().overall().accuracy().mean());
      assertThat(answerer.received()).hasSize(accuracy.questions());
      assertThat(answerer.received()).allMatch(r -> r.body().contains("caption "));
      assertThat(throughput(server, options).err()).contains("name another folder");
    }
  }

  @Test
  void loadsBecomeAPageBesideTheLeaderboardOrAlone() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("a <b>chart</b>"))) {
      Path out = folder.resolve("t.json");
      throughput(
          server,
          "--text",
          "--sweep",
          "1,2,4",
          "--seconds",
          "0.3",
          "--warm-up",
          "0",
          "--out",
          out.toString());
      String site = folder.resolve("site").toString();
      Refract.Result alone = Refract.run("board", "--throughput", out, "--out", site);
      assertThat(alone.exitCode()).as(alone.err()).isZero();
      assertThat(alone.out()).contains("throughput.html");
      String page = Files.readString(folder.resolve("site").resolve("throughput.html"));
      assertThat(page)
          .contains("closed loop, 1 in flight", "INVALID", "at least 60 are needed")
          .doesNotContain("index.html", server.baseUrl());
      Path own = folder.resolve("own");
      Refract.run("board", "--throughput", out, "--keep-provenance", "--out", own);
      assertThat(Files.readString(own.resolve("throughput.html")))
          .contains("m at " + server.baseUrl());
      Refract.Result other = Refract.run("board", "--throughput", folder.resolve("no.json"));
      assertThat(other.exitCode()).isEqualTo(6);
      Files.writeString(
          out, Files.readString(out).replaceFirst("\"servers\" : \\[[^]]*]", "\"servers\" : null"));
      Refract.Result damaged = Refract.run("board", "--throughput", out);
      assertThat(damaged.exitCode()).isEqualTo(6);
      assertThat(damaged.err()).contains("t.json", "its own digest");
      assertThat(Refract.run("board").err()).contains("nothing to show");
    }
  }

  @Test
  void accuracyNeedsQuestionsAndOneLoad() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      String run = folder.resolve("timed").toString();
      assertThat(throughput(server, "--text", "--with-accuracy", run).err())
          .contains("expected --dataset");
      assertThat(
              throughput(server, "--dataset", "mini", "--sweep", "1,2", "--with-accuracy", run)
                  .err())
          .contains("expected one load");
    }
  }

  @Test
  void theModelsTokenizerCountsTokensWhenTheServerDoesNot() throws Exception {
    Path tokenizer = folder.resolve("model").resolve("tokenizer.json");
    Files.createDirectories(tokenizer.getParent());
    Files.writeString(
        tokenizer,
        """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null,
         "decoder": null,
         "model": {"type": "WordLevel", "vocab": {"a": 0, "chart": 1, "[UNK]": 2},
                   "unk_token": "[UNK]"}}
        """);
    String uncounted =
        "{\"choices\":[{\"message\":{\"content\":\"a chart, a bar\"},\"finish_reason\":\"stop\"}]}";
    try (FakeServer server = new FakeServer(_ -> new Answer(200, uncounted, ""))) {
      Path out = folder.resolve("t.json");
      Refract.Result result =
          Refract.run(
              "throughput",
              "--captioner",
              "openai:base_url=%s,model=m,tokenizer=%s"
                  .formatted(server.baseUrl(), tokenizer.getParent()),
              "--text",
              "--offline",
              "4",
              "--out",
              out.toString());
      assertThat(result.out()).contains("Tokens counted by model/tokenizer.json");
      LoadFigures window = LoadReport.read(out).steps().getFirst().windows().getFirst();
      double tokens =
          Objects.requireNonNull(window.rates().outputTokensPerSecond()) * window.seconds();
      assertThat(Math.round(tokens)).as("a | chart | , | a | bar, four times").isEqualTo(20);
      assertThat(window.rates().inputTokensPerSecond()).as("only the server knows").isNull();
    }
    assertThat(
            Refract.run(
                    "throughput",
                    "--text",
                    "--captioner",
                    "openai:base_url=http://x/v1,model=m,tokenizer=" + folder)
                .err())
        .contains("no file", "tokenizer.json");
    Files.writeString(tokenizer, "{}");
    assertThat(
            Refract.run(
                    "throughput",
                    "--text",
                    "--captioner",
                    "openai:base_url=http://x/v1,model=m,tokenizer=" + tokenizer)
                .err())
        .contains("tokenizer.json is not a tokenizer");
  }

  @Test
  void aServerThatRefusesIsReportedAndNotRetried() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.failing(500, "CUDA out of memory"))) {
      Refract.Result result = throughput(server, "--text", "--offline", "5");
      assertThat(server.received()).as("none is tried again").hasSize(5);
      assertThat(result.out()).contains("5 failed", "5 x", "CUDA out of memory");
      assertThat(result.exitCode()).as("nothing landed").isEqualTo(5);
      Path run = folder.resolve("timed");
      Refract.Result unscored =
          throughput(
              server, "--dataset", "mini", "--offline", "3", "--with-accuracy", run.toString());
      assertThat(unscored.err()).contains("nothing was scored");
      assertThat(unscored.exitCode()).isEqualTo(5);
      assertThat(run).doesNotExist();
    }
  }

  @Test
  void invalidOptionsAreRefused() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      assertThat(throughput(server).err()).contains("--dataset, --synthetic and --text");
      assertThat(throughput(server, "--text", "--rate", "3", "--offline", "3").err())
          .contains("found 2");
      assertThat(throughput(server, "--synthetic", "big").err()).contains("1280x960");
      assertThat(throughput(server, "--text", "--rate", "-1").err()).contains("more than 0");
      assertThat(Refract.run("throughput", "--captioner", "ocr", "--text").err())
          .contains("expected a server");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void theDoctorPrintsProblemsAndFixes() throws Exception {
    Refract.Result nobody =
        Refract.run("doctor", "--captioner", "openai:base_url=http://127.0.0.1:9/v1,model=m");
    assertThat(nobody.exitCode()).isEqualTo(2);
    assertThat(nobody.out()).contains("WRONG", "127.0.0.1:9", "start the server");
    Refract.Result machine = Refract.run("doctor", "--json");
    assertThat(machine.exitCode()).isZero();
    JsonNode findings = JsonMapper.builder().build().readTree(machine.out());
    assertThat(findings.values())
        .extracting(finding -> finding.path("what").asString())
        .contains("refract", "machine", "GPUs", "cache");
    assertThat(findings.values()).allMatch(f -> !f.path("found").asString().isEmpty());
  }

  private static boolean isSeeing(FakeServer.Received request) {
    return request.body().contains("image_url");
  }

  /// Different requests with an image.
  private static Set<String> seen(FakeServer server) {
    Set<String> bodies = new HashSet<>();
    server.received().stream()
        .filter(ThroughputTest::isSeeing)
        .forEach(request -> bodies.add(request.body()));
    return bodies;
  }

  private static Refract.Result throughput(FakeServer server, String... more) {
    Object[] arguments = new Object[3 + more.length];
    arguments[0] = "throughput";
    arguments[1] = "--captioner";
    arguments[2] = "openai:base_url=%s,model=m".formatted(server.baseUrl());
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Refract.run(arguments);
  }
}
