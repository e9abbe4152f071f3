package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FaultyServer;
import dev.refract.harness.llm.FaultyServer.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that fails in every way, and a process that is killed again and again: the final
/// results equal those of an undisturbed run, and no completed request is sent twice.
class ReliabilityTest {

  private static final int IMAGES = 150;
  private static final int QUESTIONS = 3;
  private static final int KILLS = 50;
  private static final Pattern MARK = Pattern.compile("\"(?:text|reply)\":\"Größe ([0-9a-f]{16})");

  @TempDir private Path folder;

  @Test
  void aServerThatFailsInEveryWayChangesNoResult() throws Exception {
    Path data = dataset();
    String undisturbed;
    try (FaultyServer server = new FaultyServer(1, 0)) {
      assertThat(Refract.run((Object[]) command(data, server, "calm", 64)).exitCode()).isZero();
      undisturbed = items("calm");
      assertThat(server.requests()).isEqualTo(IMAGES + IMAGES * QUESTIONS);
    }
    try (FaultyServer server = new FaultyServer(7, 0.5)) {
      Set<String> landed = new HashSet<>();
      int runs = 0;
      int twice = 0;
      for (int code = 5; code == 5 && runs < 10; runs++) {
        int before = server.served().size();
        code = Refract.run((Object[]) command(data, server, "rough", 64)).exitCode();
        for (String mark : server.served().subList(before, server.served().size())) {
          twice += landed.contains(mark) ? 1 : 0;
        }
        landed.addAll(landed("rough"));
      }
      assertThat(items("rough")).isEqualTo(undisturbed);
      assertThat(server.faults().keySet()).containsExactlyInAnyOrder(Fault.values());
      assertThat(twice).isZero();
      System.out.printf(
          "reliability: %d faults of %d kinds in %d requests, %d runs, lost 0, duplicated %d%n",
          server.faults().values().stream().mapToInt(Integer::intValue).sum(),
          server.faults().size(),
          server.requests(),
          runs,
          twice);
    }
  }

  @Test
  void aProcessKilledAtAnyMomentResumes() throws Exception {
    Path data = dataset();
    String undisturbed;
    try (FaultyServer server = new FaultyServer(1, 0)) {
      assertThat(Refract.run((Object[]) command(data, server, "calm", 8)).exitCode()).isZero();
      undisturbed = items("calm");
    }
    Random random = new Random(42);
    try (FaultyServer server = new FaultyServer(3, 0.1)) {
      Set<String> landed = new HashSet<>();
      int twice = 0;
      int torn = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        int before = server.served().size();
        // Every fourth process is killed while it starts, the others after some requests.
        boolean early = kill % 4 == 0;
        int after = server.requests() + 4 + random.nextInt(32);
        Process process = start(command(data, server, "killed", 8));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        if (early) {
          process.waitFor(100 + random.nextInt(500), TimeUnit.MILLISECONDS);
        }
        while (!early
            && process.isAlive()
            && server.requests() <= after
            && System.nanoTime() < deadline) {
          Thread.sleep(random.nextInt(3));
        }
        process.destroyForcibly().waitFor(); // SIGKILL
        for (String mark : server.served().subList(before, server.served().size())) {
          twice += landed.contains(mark) ? 1 : 0;
        }
        landed.addAll(landed("killed"));
        torn += isTorn("killed") ? 1 : 0;
      }
      assertThat(landed).as("killed while it worked").hasSizeBetween(100, 600);
      int before = server.served().size();
      for (int code = 5, runs = 0; code == 5 && runs < 10; runs++) {
        code = Refract.run((Object[]) command(data, server, "killed", 8)).exitCode();
      }
      for (String mark : server.served().subList(before, server.served().size())) {
        twice += landed.contains(mark) ? 1 : 0;
      }
      assertThat(items("killed")).isEqualTo(undisturbed);
      assertThat(twice).isZero();
      System.out.printf(
          "reliability: %d kills, %d torn tails, %d requests, lost 0, duplicated %d%n",
          KILLS, torn, server.requests(), twice);
    }
  }

  private static Process start(String... arguments) throws IOException {
    return Refract.process(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private String[] command(Path data, FaultyServer server, String name, int concurrency) {
    // With the digest, a caption's identity does not include the server's address.
    String server64 =
        "base_url=%s,model=m,checkpoint=sha256:0123abcd,timeout_seconds=1,concurrency=%d"
            .formatted(server.baseUrl(), concurrency);
    return new String[] {
      "run",
      "--dataset",
      data.toString(),
      "--captioner",
      "openai:id=vlm," + server64,
      "--answerer",
      "openai:" + server64,
      "--out",
      folder.resolve(name).toString()
    };
  }

  private Path dataset() throws IOException {
    return ManyCharts.write(folder.resolve("charts"), IMAGES, QUESTIONS, "Größe");
  }

  private String items(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("vlm/items.jsonl"));
  }

  /// The marks in all complete lines of the journals.
  private Set<String> landed(String name) throws IOException {
    Set<String> marks = new HashSet<>();
    for (String file : List.of("captions.jsonl", "answers.jsonl")) {
      Path journal = folder.resolve(name).resolve("vlm").resolve(file);
      if (Files.exists(journal)) {
        String text = new String(Files.readAllBytes(journal), StandardCharsets.UTF_8);
        Matcher mark = MARK.matcher(text.substring(0, text.lastIndexOf('\n') + 1));
        while (mark.find()) {
          marks.add(mark.group(1));
        }
      }
    }
    return marks;
  }

  private boolean isTorn(String name) throws IOException {
    for (String file : List.of("captions.jsonl", "answers.jsonl")) {
      Path journal = folder.resolve(name).resolve("vlm").resolve(file);
      if (Files.exists(journal)) {
        byte[] bytes = Files.readAllBytes(journal);
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
          return true;
        }
      }
    }
    return false;
  }
}
