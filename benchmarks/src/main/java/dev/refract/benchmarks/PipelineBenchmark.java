package dev.refract.benchmarks;

import dev.refract.harness.load.NullServer;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures a whole run, `refract run` as a process, with a server that needs 200 ms per caption
/// and 100 ms per answer: 2,000 images with 3 questions each, 256 captions and 256 answers in
/// flight. It is compared with the shortest possible time of such a pipeline: the first captions,
/// then the answers.
///
/// `java -cp benchmarks/target/benchmarks.jar dev.refract.benchmarks.PipelineBenchmark [repeats]
/// [images]`; the time is from the first request to the last reply, according to the journals.
public final class PipelineBenchmark {

  private static final int CAPTION_MILLIS = 200;
  private static final int ANSWER_MILLIS = 100;
  private static final int QUESTIONS = 3;
  private static final int IN_FLIGHT = 256;

  private PipelineBenchmark() {}

  public static void main(String[] args) throws Exception {
    int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int images = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
    Path folder = Files.createTempDirectory("refract-pipeline");
    try {
      write(folder.resolve("data"), images);
      List<Double> walls = new ArrayList<>();
      for (int i = 0; i < repeats; i++) {
        walls.add(wall(folder, i));
      }
      double wall = walls.stream().sorted().toList().get(repeats / 2);
      double ideal =
          (CAPTION_MILLIS + Math.ceil((double) images * QUESTIONS / IN_FLIGHT) * ANSWER_MILLIS)
              / 1000;
      new Row(
              String.format(Locale.ROOT, "whole run, %,d images x %d questions", images, QUESTIONS),
              wall,
              ideal,
              "s",
              "ideal pipeline",
              wall / ideal,
              "at most 1.05")
          .print();
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path data, int images) throws IOException {
    Files.createDirectories(data);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < images; i++) {
      BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 96 * 96; p++) {
        image.setRGB(p % 96, p / 96, (p * 104_729 * (i + 1)) & 0xffffff); // about 20 KB
      }
      ImageIO.write(image, "png", data.resolve(i + ".png").toFile());
      for (int q = 0; q < QUESTIONS; q++) {
        lines.append(
            "{\"question_id\":\"%d-%d\",\"image\":\"%d.png\",\"question\":\"How many bars are there in part %d?\",\"answers\":[\"7\"],\"metric\":\"anls\"}\n"
                .formatted(i, q, i, q));
      }
    }
    Files.writeString(data.resolve("questions.jsonl"), lines);
  }

  private static double wall(Path folder, int number) throws Exception {
    Process server =
        EngineBenchmark.java(
            List.of(NullServer.class.getName(), "" + CAPTION_MILLIS, "" + ANSWER_MILLIS));
    try (BufferedReader port = server.inputReader()) {
      String settings =
          "base_url=http://127.0.0.1:%s/v1,model=m,concurrency=%d"
              .formatted(port.readLine(), IN_FLIGHT);
      Path out = folder.resolve("run-" + number);
      Process run =
          EngineBenchmark.java(
              List.of(
                  "dev.refract.harness.cli.Main",
                  "run",
                  "--dataset",
                  folder.resolve("data").toString(),
                  "--captioner",
                  "openai:id=vlm," + settings,
                  "--answerer",
                  "openai:" + settings,
                  "--out",
                  out.toString()));
      run.getInputStream().readAllBytes();
      if (run.waitFor() != 0) {
        throw new IOException("the run ended with " + run.exitValue());
      }
      return span(out.resolve("vlm"));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static double span(Path run) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    double first = Double.MAX_VALUE;
    double last = 0;
    for (String file : List.of("captions.jsonl", "answers.jsonl")) {
      for (String line : Files.readAllLines(run.resolve(file))) {
        JsonNode record = json.readTree(line);
        double started = record.path("started_millis").asDouble() / 1000;
        first = Math.min(first, started);
        last = Math.max(last, started + record.path("seconds").asDouble());
      }
    }
    return last - first;
  }
}
