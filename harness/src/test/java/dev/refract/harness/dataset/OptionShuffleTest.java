package dev.refract.harness.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OptionShuffleTest {

  /// `golden/python-shuffle.txt` is the output of Python: `rng = random.Random(0)`, then for i in
  /// 0..59 an `rng.shuffle` of 2 + i % 5 options, plus one more unless i % 7 is 0.
  @Test
  void ordersAreThoseOfPythonOverTheWholeSplit() throws IOException {
    List<String> orders = new ArrayList<>();
    OptionShuffle.of(dataset()).samples().stream()
        .flatMap(sample -> sample.questions().stream())
        .forEach(q ->
            orders.add(
                String.join(",", OptionShuffle.of(q).stream().map(String::valueOf).toList())));
    assertThat(orders).isEqualTo(golden());
  }

  @Test
  void aPartOfTheSplitHasTheSameOrders() {
    Dataset whole = OptionShuffle.of(dataset());
    Question last = whole.samples().getLast().questions().getLast();
    Dataset part = Selection.first(3).of(whole);
    assertThat(part.samples().get(1)).isEqualTo(whole.samples().get(1));
    assertThat(last.attributes()).containsKey("option_order");
  }

  private static Dataset dataset() {
    List<Sample> samples = new ArrayList<>();
    for (int image = 0; image < 12; image++) {
      List<Question> questions = new ArrayList<>();
      for (int i = image * 5; i < image * 5 + 5; i++) {
        List<String> options = new ArrayList<>();
        for (int o = 0; o < 2 + i % 5; o++) {
          options.add("option " + (char) ('a' + o));
        }
        // Questions that begin with a verb are yes/no questions and get no extra option.
        String text = i % 7 == 0 ? "Is it " + i + "?" : "Which of " + i + "?";
        questions.add(new Question("" + i, "g", text, options, List.of("A"), "captionqa"));
      }
      samples.add(
          new Sample(
              List.of(new ImageFile(image + ".png", Path.of(image + ".png"), "" + image)),
              "c",
              null,
              questions));
    }
    return Dataset.whole("d", "D", Dataset.Origin.folder("JSONL"), samples, List.of(), List.of());
  }

  private static List<String> golden() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    OptionShuffleTest.class.getResourceAsStream("/golden/python-shuffle.txt")),
                StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }
}
