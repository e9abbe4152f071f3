package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.dataset.Fixtures;
import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a run handles servers that refuse, cost money, crash or are not up yet, and a user who
/// interrupts it.
class EngineTest {

  private static final int IMAGES = 40;

  @TempDir private Path folder;
  private Path data = Path.of("");

  @BeforeEach
  void write() throws IOException {
    data = Files.createDirectories(folder.resolve("charts"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < IMAGES; i++) {
      Files.write(data.resolve(i + ".png"), Fixtures.png(i));
      lines.append(
          "{\"question_id\":\"%d\",\"image\":\"%d.png\",\"question\":\"How many?\",\"answers\":[\"7\"],\"metric\":\"anls\"}%n"
              .formatted(i, i));
    }
    Files.writeString(data.resolve("questions.jsonl"), lines);
  }

  @Test
  void aRunInWhichEveryRequestFailsTheSameWayStopsEarlyAndReportsWhy() throws Exception {
    try (FakeServer server =
        new FakeServer(_ ->
            Answer.failing(404, "{\"error\":{\"message\":\"The model `m` does not exist.\"}}"))) {
      Refract.Result result = run(server.baseUrl(), "out", "concurrency=2");
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err())
          .contains("the first 16 requests to the captioner all failed")
          .contains("The model `m` does not exist.")
          .contains("the server has no model 'm'")
          .contains("Resume with");
      assertThat(server.received()).hasSizeLessThan(20);
    }
  }

  @Test
  void aBudgetStopsTheRunAndTheNextCommandResumesIt() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("7"))) {
      Refract.Result first = run(server.baseUrl(), "out", "concurrency=2,max_requests=10");
      assertThat(first.exitCode()).isEqualTo(5);
      assertThat(first.err())
          .contains("10 requests (max_requests)")
          .contains("10 captions and")
          .contains("are kept; 100.0%");
      assertThat(folder.resolve("out/vlm/summary.json")).doesNotExist();
      int asked = server.received().size();
      assertThat(run(server.baseUrl(), "out", "concurrency=2").exitCode()).isZero();
      assertThat(server.received()).hasSize(2 * IMAGES);
      assertThat(asked).isLessThanOrEqualTo(20);
      // the server counts 12 tokens per reply, 9 of them input
      Refract.Result tokens = run(server.baseUrl(), "tokens", "concurrency=1,max_total_tokens=60");
      assertThat(tokens.err()).contains("60 of 60 tokens");
      Refract.Result cost =
          run(
              server.baseUrl(),
              "cost",
              "concurrency=1,max_cost=0.0001,input_price=1,output_price=2");
      assertThat(cost.err()).contains("max_cost").contains("7 captions");
      assertThat(run(server.baseUrl(), "bad", "max_cost=1").err()).contains("input_price");
    }
  }

  @Test
  void aServerThatCrashesInTheMiddleIsReplacedByTheOther() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FakeServer mortal = new FakeServer(_ -> Answer.saying("7"));
    try (FakeServer other =
        new FakeServer(_ -> {
          if (asked.incrementAndGet() == 10) {
            mortal.close();
          }
          return Answer.saying("7");
        })) {
      Refract.Result result = run(mortal.baseUrl() + "|" + other.baseUrl(), "out", "concurrency=4");
      assertThat(result.err()).doesNotContain("failed;");
      assertThat(result.exitCode()).isZero();
      assertThat(mortal.received()).hasSizeGreaterThan(3);
      assertThat(other.received().size() + mortal.received().size())
          .isBetween(2 * IMAGES, 2 * IMAGES + 8);
    } finally {
      mortal.close();
    }
  }

  @Test
  void captionsOfACheckpointWithKnownDigestAreReused() throws Exception {
    try (FakeServer server =
        new FakeServer(
            request -> Answer.saying(request.body().contains("image_url") ? "a chart" : "7"))) {
      String known = "concurrency=4,checkpoint=sha256:0123456789";
      run(server.baseUrl(), "out", known + ",id=first");
      assertThat(captions(server)).isEqualTo(IMAGES);
      assertThat(run(server.baseUrl(), "out", known + ",id=second").exitCode()).isZero();
      assertThat(captions(server)).isEqualTo(IMAGES);
      // An image under another name is the same image; other pixels are another image.
      Files.move(data.resolve("0.png"), data.resolve("zero.png"));
      Files.write(data.resolve("1.png"), Fixtures.png(1_001));
      Path questions = data.resolve("questions.jsonl");
      Files.writeString(questions, Files.readString(questions).replace("\"0.png", "\"zero.png"));
      run(server.baseUrl(), "out", known + ",id=third");
      assertThat(captions(server)).isEqualTo(IMAGES + 1);
      run(server.baseUrl(), "out", "concurrency=4,checkpoint=sha256:9876543210,id=fourth");
      assertThat(captions(server)).isEqualTo(2 * IMAGES + 1);
      run(server.baseUrl(), "out", "concurrency=4,id=fifth"); // a name is no digest
      run(server.baseUrl(), "out", "concurrency=4,id=sixth");
      assertThat(captions(server)).isEqualTo(4 * IMAGES + 1);
    }
  }

  private static long captions(FakeServer server) {
    return server.received().stream().filter(r -> r.body().contains("image_url")).count();
  }

  @Test
  void theFirstCtrlCWaitsForRequestsInFlightAndPrintsHowToResume() throws Exception {
    // A background job of a shell ignores SIGINT, and so do all processes that it starts.
    assumeThat(ignoresSigint()).as("SIGINT is ignored here").isFalse();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    try (FakeServer server =
        new FakeServer(_ -> {
          begun.incrementAndGet();
          pause(300);
          ended.incrementAndGet();
          return Answer.saying("7");
        })) {
      Process process = start(command(server.baseUrl(), "out", "concurrency=4"));
      while (ended.get() < 8 && process.isAlive()) {
        Thread.sleep(5);
      }
      new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(folder.resolve("log"));
      assertThat(process.exitValue()).as(said).isEqualTo(5);
      assertThat(said)
          .contains("Stopping: waiting for requests in flight")
          .contains("answers are kept")
          .contains("Resume with: refract run --dataset");
      assertThat(begun.get()).isEqualTo(ended.get()).isLessThan(2 * IMAGES);
      int before = begun.get();
      assertThat(lines("out/vlm/captions.jsonl") + lines("out/vlm/answers.jsonl"))
          .isEqualTo(before);
      assertThat(run(server.baseUrl(), "out", "concurrency=4").exitCode()).isZero();
      assertThat(begun.get()).isEqualTo(2 * IMAGES);
    }
  }

  private static boolean ignoresSigint() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  @Test
  void aFullDiskEndsTheRunWithNothingLost() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("7 ".repeat(400)))) {
      // Limits files to 16 blocks of 512 bytes, which fails writes like a full disk.
      List<String> limited =
          new ArrayList<>(List.of("sh", "-c", "ulimit -f 16; exec \"$@\"", "sh"));
      limited.addAll(Refract.process(command(server.baseUrl(), "out", "concurrency=4")).command());
      Process process = logged(new ProcessBuilder(limited).redirectErrorStream(true));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String said = Files.readString(folder.resolve("log"));
      assertThat(said)
          .contains("captions.jsonl cannot be written")
          .contains("earlier records are kept");
      assertThat(process.exitValue()).as(said).isEqualTo(5);
      long kept = lines("out/vlm/captions.jsonl");
      assertThat(kept).isBetween(3L, 12L);
      int asked = server.received().size();
      assertThat(run(server.baseUrl(), "out", "concurrency=4").exitCode()).isZero();
      assertThat(captions(server)).isBetween((long) IMAGES, IMAGES + 8L);
      assertThat(server.received().size() - asked).isLessThanOrEqualTo(2 * IMAGES - (int) kept);
    }
  }

  @Test
  void aFolderThatIsDeletedDuringTheRunIsReported() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (FakeServer server =
        new FakeServer(_ -> {
          if (asked.incrementAndGet() == 12) {
            delete(folder.resolve("out/vlm"));
          }
          return Answer.saying("7");
        })) {
      Refract.Result result = run(server.baseUrl(), "out", "concurrency=2");
      assertThat(result.exitCode()).isEqualTo(5);
      assertThat(result.err()).contains("jsonl cannot be written: it was deleted");
      assertThat(run(server.baseUrl(), "out", "concurrency=2").exitCode()).isZero();
    }
  }

  @Test
  void modelsTakeTurnsOnAGpuThatHoldsOneAtATime() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    // A real process that takes seconds to start, on the same port for both stages.
    Path server = folder.resolve("server.py");
    Files.writeString(
        server,
        """
        import http.server, json, os, sys, time
        time.sleep(1)
        class Chat(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def say(self, value):
                body = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                self.say({"data": []})
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                os.write(1, f"asked {sys.argv[2]} {b'image_url' in body}\\n".encode())
                self.say({"choices": [{"message": {"content": "7"}}]})
            def log_message(self, *args):
                pass
        http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Chat).serve_forever()
        """);
    String url = "http://127.0.0.1:" + port + "/v1";
    Refract.Result result =
        Refract.run(
            "run",
            "--dataset",
            data,
            "--sequential",
            "--captioner",
            "openai:id=vlm,model=vision,base_url=%s,start=python3 %s %d vision"
                .formatted(url, server, port),
            "--answerer",
            "openai:model=text,base_url=%s,start=python3 %s %d text".formatted(url, server, port),
            "--out",
            folder.resolve("out"));
    assertThat(result.err()).doesNotContain("failed;");
    assertThat(result.exitCode()).isZero();
    assertThat(asked("captioner")).hasSize(IMAGES).allMatch("asked vision True"::equals);
    assertThat(asked("answerer")).hasSize(IMAGES).allMatch("asked text False"::equals);
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
    Refract.Result broken =
        Refract.run(
            "run",
            "--dataset",
            data,
            "--sequential",
            "--captioner",
            "openai:id=vlm,model=vision,base_url=%s,start=echo no GPU; exit 3".formatted(url),
            "--answerer",
            "openai:model=text,base_url=%s".formatted(url),
            "--out",
            folder.resolve("broken"));
    assertThat(broken.exitCode()).isEqualTo(5);
    assertThat(broken.err()).contains("exited with code 3").contains("captioner-server.log");
  }

  private List<String> asked(String who) throws IOException {
    return Files.readAllLines(folder.resolve("out/vlm").resolve(who + "-server.log")).stream()
        .filter(line -> line.startsWith("asked"))
        .toList();
  }

  private Refract.Result run(String url, String out, String settings) {
    return Refract.run((Object[]) command(url, out, settings));
  }

  private String[] command(String url, String out, String settings) {
    String id = settings.contains("id=") ? "" : ",id=vlm";
    return new String[] {
      "run",
      "--dataset",
      data.toString(),
      "--captioner",
      "openai:base_url=%s,model=m,%s%s".formatted(url, settings, id),
      "--answerer",
      "openai:base_url=%s,model=a,concurrency=4".formatted(url),
      "--out",
      folder.resolve(out).toString()
    };
  }

  private Process start(String... arguments) throws IOException {
    return logged(Refract.process(arguments));
  }

  private Process logged(ProcessBuilder process) throws IOException {
    return process.redirectOutput(new File(folder.toFile(), "log")).start();
  }

  private long lines(String file) throws IOException {
    return Files.readString(folder.resolve(file)).chars().filter(c -> c == '\n').count();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path tree) {
    try (Stream<Path> all = Files.walk(tree)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
