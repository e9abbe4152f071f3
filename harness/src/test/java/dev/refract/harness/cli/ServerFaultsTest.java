package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.harness.llm.FakeServer.Received;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What servers do to a run that has begun, kind by kind: every question is answered, none failed,
/// no reply is lost or paid for twice, and hardly more requests are sent than are needed.
///
/// `-Drefract.outage.seconds=60` makes the outages as long as the restart of a real server.
class ServerFaultsTest {

  private static final int IMAGES = 120;
  private static final int QUESTIONS = 2;
  private static final int NEEDED = IMAGES + IMAGES * QUESTIONS;
  private static final int AFTER = 60;
  private static final double MOST = 1.1;
  private static final double OUTAGE =
      Double.parseDouble(System.getProperty("refract.outage.seconds", "3"));

  @TempDir private Path folder;

  /// @param fault the answer to request number n, from 1, or null for an ordinary one
  private record Kind(String name, IntFunction<@Nullable Answer> fault) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            "503 for %.0f s".formatted(OUTAGE), outage(Answer.failing(503, "overloaded"), OUTAGE)),
        new Kind(
            "502 pages of a gateway",
            outage(Answer.failing(502, "<html><h1>502 Bad Gateway</h1></html>"), 2)),
        new Kind("500 of a dead engine for 2 s", outage(Answer.failing(500, "EngineDeadError"), 2)),
        new Kind("429 with Retry-After", outage(new Answer(429, "slow down", "2"), 2)),
        new Kind(
            "429 with a time in its message",
            outage(Answer.failing(429, "Please try again in 1.5s."), 1.5)),
        new Kind("429 without a time", outage(Answer.failing(429, "slow down"), 2)),
        new Kind("loading for 2 s at the start", loading()),
        new Kind(
            "an error object in 200",
            every(25, "{\"error\":{\"message\":\"upstream\",\"code\":502}}")),
        new Kind(
            "an error without a code in 200", every(25, "{\"error\":{\"message\":\"upstream\"}}")),
        new Kind(
            "an error inside the choice",
            every(
                25,
                "{\"choices\":[{\"finish_reason\":\"error\",\"message\":{\"content\":\"A"
                    + " ch\"}}]}")),
        new Kind("a blank body", every(25, "  \n \n")),
        new Kind("a cut body", every(25, "{\"choices\":[{\"message\":{\"content\":\"A ch")),
        new Kind("choices that are null", every(25, "{\"choices\":null}")),
        new Kind(
            "a message without content",
            every(25, "{\"choices\":[{\"message\":{\"content\":null}}]}")),
        new Kind("a sign-in page", every(25, "<!DOCTYPE html><html><body>SSO</body></html>")));
  }

  private static IntFunction<@Nullable Answer> every(int nth, String body) {
    return n -> n % nth == 0 ? new Answer(200, body, "") : null;
  }

  /// Begins after some good replies.
  private static IntFunction<@Nullable Answer> outage(Answer answer, double seconds) {
    AtomicLong begun = new AtomicLong();
    return n -> {
      if (n <= AFTER) {
        return null;
      }
      begun.compareAndSet(0, System.nanoTime());
      return (System.nanoTime() - begun.get()) / 1e9 < seconds ? answer : null;
    };
  }

  private static IntFunction<@Nullable Answer> loading() {
    AtomicLong begun = new AtomicLong();
    return _ -> {
      begun.compareAndSet(0, System.nanoTime());
      return (System.nanoTime() - begun.get()) / 1e9 < 2
          ? Answer.failing(503, "{\"error\":{\"message\":\"Loading model\",\"code\":503}}")
          : null;
    };
  }

  /// An ordinary reply: a pure function of the request, after a moment.
  private static Answer reply(Received request) {
    try {
      Thread.sleep(10);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Answer.saying("reply " + mark(request));
  }

  private static String mark(Received request) {
    return Sha256.of(request.body().getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void the_run_is_complete_and_hardly_more_was_sent_than_needed(Kind kind) throws Exception {
    AtomicInteger number = new AtomicInteger();
    Set<String> replied = new HashSet<>();
    AtomicInteger twice = new AtomicInteger();
    try (FakeServer server =
        new FakeServer(request -> {
          Answer fault = kind.fault.apply(number.incrementAndGet());
          if (fault != null) {
            return fault;
          }
          synchronized (replied) {
            twice.addAndGet(replied.add(mark(request)) ? 0 : 1);
          }
          return reply(request);
        })) {
      run("faults", server.port());
      check(kind.name, server.received().size(), twice.get());
    }
  }

  @Test
  void a_server_that_is_gone_and_comes_back_costs_nothing() throws Exception {
    AtomicInteger number = new AtomicInteger();
    Set<String> replied = new HashSet<>();
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger twice = new AtomicInteger();
    Function<Received, Answer> answers =
        request -> {
          sent.incrementAndGet();
          Answer reply = reply(request);
          synchronized (replied) {
            twice.addAndGet(replied.add(mark(request)) ? 0 : 1);
          }
          return reply;
        };
    FakeServer first =
        new FakeServer(request -> {
          number.incrementAndGet();
          return answers.apply(request);
        });
    int port = first.port();
    Thread restart =
        Thread.ofPlatform()
            .start(() -> {
              try {
                while (number.get() < AFTER) {
                  Thread.sleep(5);
                }
                first.close();
                Thread.sleep((long) (1000 * OUTAGE));
                FakeServer _ = new FakeServer(port, answers);
              } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
              }
            });
    run("faults", port);
    restart.join();
    check("the process gone for %.0f s".formatted(OUTAGE), sent.get(), 0);
  }

  private void run(String name, int port) throws IOException {
    String server =
        "base_url=http://127.0.0.1:%d/v1,model=m,checkpoint=sha256:0123abcd,concurrency=8"
            .formatted(port);
    Refract.Result result =
        Refract.run(
            "run",
            "--dataset",
            dataset(),
            "--captioner",
            "openai:id=vlm," + server,
            "--answerer",
            "openai:" + server,
            "--out",
            folder.resolve(name));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private void check(String kind, int requests, int twice) throws IOException {
    List<String> items = Files.readAllLines(folder.resolve("faults/vlm/items.jsonl"));
    long lost = items.stream().filter(item -> item.contains("\"type\":\"failed\"")).count();
    long wrong = items.stream().filter(item -> !item.contains("\"reply\":\"reply ")).count();
    System.out.printf(
        "reliability: %-32s %3d requests for %d (%.2f), lost %d, duplicated %d, wrong %d%n",
        kind, requests, NEEDED, (double) requests / NEEDED, lost, twice, wrong);
    assertThat(items).hasSize(IMAGES * QUESTIONS);
    assertThat(lost).isZero();
    assertThat(wrong).isZero();
    assertThat(twice).isZero();
    assertThat((double) requests / NEEDED).isLessThanOrEqualTo(MOST);
  }

  private Path dataset() throws IOException {
    return ManyCharts.write(folder.resolve("charts"), IMAGES, QUESTIONS, "How many");
  }
}
