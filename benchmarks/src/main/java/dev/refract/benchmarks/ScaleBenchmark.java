package dev.refract.benchmarks;

import dev.refract.harness.load.NullServer;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Measures a million questions in 512 MB: `refract run` as a process, three questions per image,
/// with a server that replies at once; then the same command again on the finished run.
///
/// `java -cp benchmarks/target/benchmarks.jar dev.refract.benchmarks.ScaleBenchmark [questions]
/// [folder]`; the dataset is read once beforehand, with more memory.
public final class ScaleBenchmark {

  private static final int QUESTIONS_PER_IMAGE = 3;

  private ScaleBenchmark() {}

  public static void main(String[] args) throws Exception {
    int questions = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    Path folder =
        args.length > 1
            ? Files.createDirectories(Path.of(args[1]))
            : Files.createTempDirectory("refract-scale");
    Path manifest = folder.resolve("scale.yaml");
    String many = String.format(Locale.ROOT, "%,d questions", questions);
    try {
      write(folder, manifest, questions);
      timed(folder, "-Xmx3g", List.of("datasets", "show", manifest.toString()));
      Process server = EngineBenchmark.java(List.of(NullServer.class.getName(), "0"));
      try (BufferedReader port = server.inputReader()) {
        String settings =
            "base_url=http://127.0.0.1:%s/v1,model=m,concurrency=32".formatted(port.readLine());
        List<String> run =
            List.of(
                "run",
                "--dataset",
                manifest.toString(),
                "--captioner",
                "openai:id=vlm," + settings,
                "--answerer",
                "openai:" + settings,
                "--out",
                folder.resolve("runs").toString());
        double first = timed(folder, "-Xmx512m", run);
        Row.alone("whole run in 512 MB, " + many, first, "s", "").print();
        Row.alone(
                "resuming it when finished, " + many,
                timed(folder, "-Xmx512m", run),
                "s",
                "under 10 for a million")
            .print();
        Files.delete(folder.resolve("runs/vlm/summary.json"));
        Row.alone(
                "resuming it with all to be scanned and scored, " + many,
                timed(folder, "-Xmx512m", run),
                "s",
                "")
            .print();
      } finally {
        server.destroy();
      }
    } finally {
      if (args.length < 2) {
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private static void write(Path folder, Path manifest, int questions) throws IOException {
    Files.writeString(
        manifest,
        """
        id: scale
        title: As many questions as wanted
        category: chart
        paper: https://arxiv.org/abs/2406.14544
        homepage: https://arxiv.org/abs/2406.14544
        licence: CC0-1.0
        images: hide
        metric: exact_match
        sources:
          - local: {files: [scale.tsv]}
            format: tsv
        """);
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("scale.tsv"))) {
      out.write("index\timage\tquestion\tanswer\n");
      for (int i = 0; i < questions; i++) {
        String image = i % QUESTIONS_PER_IMAGE == 0 ? png(i) : "" + (i - i % QUESTIONS_PER_IMAGE);
        out.write("%d\t%s\tHow many bars are taller than bar %d?\t7%n".formatted(i, image, i));
      }
    }
  }

  private static String png(int number) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int p = 0; p < 64 * 64; p++) {
      image.getRaster().setSample(p % 64, p / 64, 0, (number >> (p % 24)) & 1);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /// The seconds that a command takes.
  private static double timed(Path folder, String memory, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(memory, "dev.refract.harness.cli.Main"));
    command.addAll(arguments);
    ProcessBuilder builder = EngineBenchmark.javaProcess(command);
    builder.environment().put("REFRACT_CACHE", folder.resolve("cache").toString());
    long start = System.nanoTime();
    Process process = builder.start();
    process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException(arguments + " ended with " + process.exitValue());
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
