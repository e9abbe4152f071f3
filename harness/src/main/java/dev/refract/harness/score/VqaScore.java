package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// The VQA score of TextVQA. Each of the ten golds is left out in turn, and the answer scores
/// min(1, n / 3) when n of the other golds agree with it; the result is the mean over all ten. Both
/// sides are normalised: punctuation and articles are removed, number words become digits, and
/// contractions get their apostrophes.
///
/// Source: Antol et al. 2015, arXiv 1505.00468, as VLMEvalKit computes it; rows
/// `vqa_score.vlmevalkit` of the golden file.
public record VqaScore(MetricMode mode) implements Metric {

  /// Number of people who answered each question of the benchmark. A dataset with one answer for
  /// each question is scored as if all had given it.
  public static final int ANNOTATORS = 10;

  private static final String MARKS = ";/[]\"{}()=+\\_-><@`,?!";
  private static final Pattern COMMA_IN_NUMBER = PythonText.pattern("\\d,\\d");
  private static final Pattern STOP = PythonText.pattern("(?<!\\d)\\.(?!\\d)");
  private static final Pattern ANY_STOP = Pattern.compile("\\.(?!\\d)|(?<!\\d)\\.");
  private static final int MAX_STOPS_REMOVED =
      32; // the reference passes a regex flag (32) as the count argument
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /// Replacements of words.
  private static final Map<String, String> WORDS = words();

  @Override
  public MetricName name() {
    return MetricName.VQA_SCORE;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    String found = normal(answer);
    List<String> wanted = key.golds().stream().map(this::normal).toList();
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
    String plain = PythonText.collapse(PythonText.lower(withoutMarks(line)));
    if (plain.indexOf(' ') < 0) {
      return ARTICLES.contains(plain) ? "" : WORDS.getOrDefault(plain, plain);
    }
    for (String word : plain.split(" ", -1)) {
      if (!ARTICLES.contains(word)) {
        words.add(WORDS.getOrDefault(word, word));
      }
    }
    return String.join(" ", words);
  }

  private String withoutMarks(String text) {
    boolean number = text.indexOf(',') >= 0 && COMMA_IN_NUMBER.matcher(text).find();
    String plain = text;
    for (int i = 0; i < text.length(); i++) {
      char mark = text.charAt(i);
      if (mark < 127 && MARKS.indexOf(mark) >= 0 && plain.indexOf(mark) >= 0) {
        boolean alone = isAlone(text, mark);
        plain = plain.replace(String.valueOf(mark), alone || number ? "" : " ");
      }
    }
    if (plain.indexOf('.') < 0) {
      return plain;
    }
    if (mode == MetricMode.STRICT) {
      return ANY_STOP.matcher(plain).replaceAll("");
    }
    StringBuilder stripped = new StringBuilder();
    var stops = STOP.matcher(plain);
    int at = 0;
    for (int i = 0; i < MAX_STOPS_REMOVED && stops.find(); i++) {
      stripped.append(plain, at, stops.start());
      at = stops.end();
    }
    return stripped.append(plain.substring(at)).toString();
  }

  /// Whether the mark occurs anywhere next to a blank.
  private static boolean isAlone(String text, char mark) {
    for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      boolean after = at > 0 && text.charAt(at - 1) == ' ';
      boolean before = at + 1 < text.length() && text.charAt(at + 1) == ' ';
      if (after || before) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> words() {
    try (InputStream bytes =
        Objects.requireNonNull(VqaScore.class.getResourceAsStream("/score/vqa-contractions.txt"))) {
      Map<String, String> words = new HashMap<>();
      new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> {
            int blank = line.indexOf(' ');
            words.put(line.substring(0, blank), line.substring(blank + 1));
          });
      List<String> numbers =
          List.of(
              "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
              "ten");
      numbers.forEach(word -> words.put(word, String.valueOf(numbers.indexOf(word))));
      words.put("none", "0");
      return Map.copyOf(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
