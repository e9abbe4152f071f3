package dev.refract.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/// Runs the short commands once, on made-up runs. The launcher starts it with `-XX:AOTCacheOutput`:
/// Java records the classes it loads, so that later processes start faster.
final class AotTrainingRun {

  private static final int QUESTIONS = 400;

  private AotTrainingRun() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("refract-rehearsal");
    try {
      Path questions = folder.resolve("questions.jsonl");
      Files.write(
          questions,
          lines("{'question_id':'%1$d','image_id':'%2$d','question':'So?','gold':['%1$d']}"));
      List<String> runs = new ArrayList<>();
      for (int run = 1; run <= 2; run++) {
        Path answers = folder.resolve("answers.jsonl");
        Files.write(answers, lines("{'question_id':'%1$d','answer':'%" + (run + 2) + "$d'}"));
        runs.add(folder.resolve("run-" + run).toString());
        does(
            "import --captioner c --answerer a",
            "--questions",
            questions.toString(),
            "--answers",
            answers.toString(),
            "--out",
            runs.getLast());
      }
      does("--help");
      does("run --help");
      does("compare", runs.get(0), runs.get(1));
      does("board", runs.get(0), runs.get(1), "--out", folder.resolve("site").toString());
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// Lines about 400 questions, four on each of a hundred images.
  ///
  /// @param line a format of the question (1), its image (2) and the answers of two runs (3 and 4,
  ///   some of them wrong)
  private static List<String> lines(String line) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      lines.add(
          line.formatted(i, i / 4, i % 3 == 0 ? 0 : i, i % 5 == 0 ? 0 : i).replace('\'', '"'));
    }
    return lines;
  }

  private static void does(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of(more));
    String[] all = args.toArray(String[]::new);
    CommandLine line = Main.commandLine(Map.of(), all);
    line.setOut(new PrintWriter(Writer.nullWriter()));
    line.setErr(new PrintWriter(System.err, true));
    int code = line.execute(all);
    if (code != 0) {
      throw new IllegalStateException(args + " ended with exit code " + code);
    }
  }
}
