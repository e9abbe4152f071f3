package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThroughputTest {

  @TempDir private Path folder;

  @Test
  void aLoadIsToldAsTextAndAsJsonWithTheReasonsAgainstIt() throws Exception {
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
      assertThat(Math.round(tokens)).isEqualTo(60); // three a reply
      assertThat(json.path("images").asString()).contains("64 x 48");
      assertThat(json.path("command").asString()).contains("throughput --captioner");
      Set<String> bodies = new HashSet<>();
      server.received().forEach(request -> bodies.add(request.body()));
      assertThat(bodies).as("no image is like another").hasSize(20);
      assertThat(server.received()).allMatch(r -> r.json().path("stream").asBoolean());
    }
  }

  @Test
  void imagesOfADatasetAreSentOnceAndThoseOfTheWarmUpAreOthers() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("a chart"))) {
      Refract.Result result = throughput(server, "--dataset", "mini", "--offline", "60");
      assertThat(result.out()).contains("cache-warm: 6 requests repeat an image");
      Set<String> bodies = new HashSet<>();
      server.received().forEach(request -> bodies.add(request.body()));
      assertThat(bodies).hasSize(54);
    }
  }

  @Test
  void aServerThatRefusesIsToldAndNotTriedAgain() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.failing(500, "CUDA out of memory"))) {
      Refract.Result result = throughput(server, "--text", "--offline", "5");
      assertThat(result.out()).contains("5 failed", "5 x", "CUDA out of memory");
      assertThat(server.received()).hasSize(5);
    }
  }

  @Test
  void whatCannotBeMeantIsRefused() throws Exception {
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
  void theDoctorSaysWhatIsWrongAndWhatToDo() throws Exception {
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

  private static Refract.Result throughput(FakeServer server, String... more) {
    Object[] arguments = new Object[3 + more.length];
    arguments[0] = "throughput";
    arguments[1] = "--captioner";
    arguments[2] = "openai:base_url=%s,model=m".formatted(server.baseUrl());
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Refract.run(arguments);
  }
}
