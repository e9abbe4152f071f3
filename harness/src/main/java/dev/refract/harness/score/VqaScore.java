package dev.refract.harness.score;

import dev.refract.manifest.MetricMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// The VQA score of TextVQA: each of the ten golds is left out in turn, and the answer is worth
/// min(1, n / 3) where n of the others agree with it; the mean over all ten. Both sides lose
/// punctuation and articles, number words become digits and contractions get their apostrophes.
///
/// Source: Antol et al. 2015, arXiv 1505.00468, as VLMEvalKit computes it; rows
/// `vqa_score.vlmevalkit` of the golden file.
public record VqaScore(MetricMode mode) implements Metric {

  private static final List<String> MARKS =
      List.of(
          ";", "/", "[", "]", "\"", "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">", "<", "@",
          "`", ",", "?", "!");
  private static final Pattern COMMA_IN_NUMBER = Pattern.compile("\\d,\\d");
  private static final Pattern STOP = Pattern.compile("(?<!\\d)\\.(?!\\d)");
  private static final Pattern ANY_STOP = Pattern.compile("\\.(?!\\d)|(?<!\\d)\\.");
  private static final int MOST_STOPS = 32; // the reference passes a flag where the count goes
  private static final List<String> ARTICLES = List.of("a", "an", "the");
  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final Map<String, String> CONTRACTIONS = contractions();

  @Override
  public String name() {
    return "vqa_score";
  }

  @Override
  public double score(List<String> golds, String answer, Map<String, String> attributes) {
    String found = normal(answer);
    List<String> wanted = golds.stream().map(this::normal).toList();
    long equal = wanted.stream().filter(found::equals).count();
    double sum = 0;
    for (String gold : wanted) {
      long others = gold.equals(found) ? equal - 1 : equal;
      sum += Math.min(1, others / 3.0);
    }
    return sum / wanted.size();
  }

  private String normal(String text) {
    String line = PythonText.strip(text.replace('\n', ' ').replace('\t', ' '));
    List<String> words = new ArrayList<>();
    for (String word : PythonText.collapse(PythonText.lower(withoutMarks(line))).split(" ", -1)) {
      int number = NUMBERS.indexOf(word);
      String plain = word.equals("none") ? "0" : number < 0 ? word : String.valueOf(number);
      if (!ARTICLES.contains(plain) && !plain.isEmpty()) {
        words.add(CONTRACTIONS.getOrDefault(plain, plain));
      }
    }
    return String.join(" ", words);
  }

  private String withoutMarks(String text) {
    boolean number = COMMA_IN_NUMBER.matcher(text).find();
    String plain = text;
    for (String mark : MARKS) {
      boolean alone = text.contains(mark + " ") || text.contains(" " + mark);
      plain = plain.replace(mark, alone || number ? "" : " ");
    }
    if (mode == MetricMode.STRICT) {
      return ANY_STOP.matcher(plain).replaceAll("");
    }
    StringBuilder stripped = new StringBuilder();
    var stops = STOP.matcher(plain);
    int at = 0;
    for (int i = 0; i < MOST_STOPS && stops.find(); i++) {
      stripped.append(plain, at, stops.start());
      at = stops.end();
    }
    return stripped.append(plain.substring(at)).toString();
  }

  private static Map<String, String> contractions() {
    try (InputStream bytes =
        Objects.requireNonNull(VqaScore.class.getResourceAsStream("/score/vqa-contractions.txt"))) {
      Map<String, String> contractions = new HashMap<>();
      new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> {
            int blank = line.indexOf(' ');
            contractions.put(line.substring(0, blank), line.substring(blank + 1));
          });
      return Map.copyOf(contractions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
