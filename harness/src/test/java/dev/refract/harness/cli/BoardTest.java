package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `board --serve --watch`, in a separate process.
class BoardTest {

  @TempDir private Path folder;

  @Test
  void theBoardIsServedLocallyAndRebuiltWhenARunFinishes() throws Exception {
    imported("first");
    Path log = folder.resolve("log.txt");
    Process process =
        Refract.process(
                "board",
                folder.resolve("runs").toString(),
                "--out",
                folder.resolve("site").toString(),
                "--serve",
                "0",
                "--watch")
            .redirectOutput(log.toFile())
            .start();
    try {
      Matcher address = wait(log, "Serving (http://127\\.0\\.0\\.1:\\d+)");
      assertThat(get(address.group(1) + "/index.html")).contains("first");
      wait(log, "Watching");
      imported("second");
      wait(log, "Rebuilt");
      assertThat(get(address.group(1) + "/index.html")).contains("second");
    } finally {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theFilesForScriptsContainWhatThePageShows() throws IOException {
    imported("first");
    imported("=cmd,\"x\"");
    Path site = folder.resolve("site");
    assertThat(Refract.run("board", folder.resolve("runs"), "--out", site).exitCode()).isZero();
    assertThat(Files.readAllLines(site.resolve("board.csv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("first,first,false,llm,"))
        .anyMatch(line -> line.contains("\"'=cmd,\"\"x\"\"\","));
    assertThat(site.resolve("board.json"))
        .content()
        .contains("\"captioner\" : \"first\"", "66.6667");
    assertThat(Refract.run("board", folder.resolve("runs"), "--serve", "70000").exitCode())
        .isEqualTo(2);
  }

  private static String get(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static Matcher wait(Path log, String pattern) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      Matcher found = Pattern.compile(pattern).matcher(Files.readString(log));
      if (found.find()) {
        return found;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(pattern + " not found in " + Files.readString(log));
  }

  private void imported(String name) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path questions = data.resolve("q.jsonl");
    Path answers = data.resolve("a.jsonl");
    StringBuilder q = new StringBuilder();
    StringBuilder a = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      q.append(
          "{\"question_id\":\"%d\",\"image_id\":\"%d\",\"question\":\"?\",\"gold\":[\"x\"]}\n"
              .formatted(i, i));
      a.append("{\"question_id\":\"%d\",\"answer\":\"%s\"}\n".formatted(i, i < 2 ? "x" : "y"));
    }
    Files.writeString(questions, q);
    Files.writeString(answers, a);
    Refract.Result result =
        Refract.run(
            "import",
            "--questions",
            questions,
            "--answers",
            answers,
            "--captioner",
            name,
            "--answerer",
            "llm",
            "--out",
            folder.resolve("runs").resolve(name));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }
}
