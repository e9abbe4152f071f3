package dev.refract.benchmarks;

import dev.refract.harness.score.AnswerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Golds and answers for the metrics, and replies for the parsers, from a file of golden rows (the
/// format of `refract metrics check`), the same for refract and for a peer.
final class Pairs {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int GENERATED_PAIRS = 500;
  private static final List<String> WORDS =
      List.of(
          "Conspiracy",
          "12",
          "16.3%",
          "Institute of Regional Data",
          "1,204",
          "yes",
          "Kenya",
          "0.5",
          "March 2019",
          "two",
          "the blue line",
          "3 million",
          "North Harbour",
          "-4.25",
          "37 %");

  private Pairs() {}

  /// @param golds accepted answers; for the parser of choices, the options
  record Pair(List<String> golds, String answer, Map<String, String> attributes) {

    AnswerKey key() {
      return new AnswerKey(golds, List.of(), attributes);
    }
  }

  /// Writes made-up pairs for every metric, for use without golden ones.
  static void makeUp(Path file) throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (String metric : List.of("relaxed_accuracy", "anls", "vqa_score", "chartqapro")) {
      for (int i = 0; i < GENERATED_PAIRS; i++) {
        String gold = word(random);
        String answer = random.nextBoolean() ? gold : word(random);
        List<String> golds =
            metric.equals("vqa_score")
                ? IntStream.range(0, 10).mapToObj(_ -> word(random)).toList()
                : List.of(gold);
        lines.add(
            JSON.writeValueAsString(
                Map.of("metric", metric + ".made-up", "gold", golds, "pred", answer)));
      }
    }
    Files.write(file, lines);
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /// @param what a metric; `anls_300`; or `short answer` or `choice`, which use all answers of the
  ///   file as replies
  static List<Pair> of(String what) throws IOException {
    if (what.equals("anls_300")) {
      List<String> two = long300();
      return List.of(new Pair(List.of(two.get(0)), two.get(1), Map.of()));
    }
    List<Pair> pairs = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(System.getProperty("pairs")))) {
      JsonNode row = JSON.readTree(line);
      String metric = row.path("metric").asString("").replaceFirst("\\..*", "");
      String answer = row.path("pred").asString("");
      if (what.equals("short answer") || what.equals("choice")) {
        pairs.add(new Pair(List.of("Mali", "Niger", "Kenya", "Egypt"), answer, Map.of()));
      } else if (metric.equals(what)) {
        List<String> golds = new ArrayList<>();
        row.path("gold").forEach(gold -> golds.add(gold.asString("")));
        pairs.add(new Pair(golds, answer, Map.of("year", row.path("year").asString("NO"))));
      }
    }
    return pairs;
  }

  /// Two texts of 300 characters, of which one in ten differs.
  static List<String> long300() {
    Random random = new Random(3);
    String text =
        IntStream.range(0, 300)
            .mapToObj(_ -> String.valueOf((char) ('a' + random.nextInt(26))))
            .collect(Collectors.joining());
    StringBuilder other = new StringBuilder(text);
    for (int i = 0; i < 30; i++) {
      other.setCharAt(random.nextInt(300), (char) ('a' + random.nextInt(26)));
    }
    return List.of(text, other.toString());
  }
}
