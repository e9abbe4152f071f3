package dev.refract.harness.ocr;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.refract.harness.ocr.OnnxNetwork.Tensor;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Reads straightened boxes with PP-OCRv6's recogniser, in batches of similar width, by greedy CTC
/// decoding.
final class TextRecognizer {

  private static final int HEIGHT_PIXELS = 48;
  private static final int MIN_WIDTH_PIXELS = 48;
  private static final int MAX_WIDTH_PIXELS = 2400;
  private static final int BATCH_LINES = 8;
  private static final double MIN_CONFIDENCE = 0.5;
  private static final double MIN_BLANK_SHARE = 0.02;
  private static final Pattern WIDE = Pattern.compile("[，：；！？]");
  private static final Pattern BLANKS = Pattern.compile(" +");

  /// Above this ratio of height to width a box cannot be a single narrow character.
  private static final double LONE = 4;

  private final Predictor<Tensor, Tensor> predictor;
  private final List<String> characters;

  /// @param characters the network's classes after the blank, in order
  TextRecognizer(Predictor<Tensor, Tensor> predictor, List<String> characters) {
    this.predictor = predictor;
    this.characters = characters;
  }

  /// One candidate orientation of box number `box`.
  private record View(int box, TextBox area, int width) {}

  private record Guess(String text, double confidence) {}

  /// The legible readings, in the order of the boxes.
  List<Reading> read(Pixels picture, List<TextBox> boxes) throws TranslateException {
    List<View> views = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      for (TextBox area : ways(boxes.get(i))) {
        double width = HEIGHT_PIXELS * area.width() / area.height();
        views.add(new View(i, area, (int) Math.clamp(Math.round(width), 8, MAX_WIDTH_PIXELS)));
      }
    }
    views.sort(Comparator.comparingInt(View::width).thenComparingInt(View::box));
    Reading[] best = new Reading[boxes.size()];
    for (int from = 0; from < views.size(); from += BATCH_LINES) {
      List<View> batch = views.subList(from, Math.min(from + BATCH_LINES, views.size()));
      List<Guess> guesses = guess(picture, batch);
      for (int i = 0; i < batch.size(); i++) {
        View view = batch.get(i);
        Guess guess = guesses.get(i);
        Reading known = best[view.box];
        if (known == null || guess.confidence > known.confidence()) {
          best[view.box] = new Reading(view.area, guess.text, guess.confidence);
        }
      }
    }
    return Arrays.stream(best)
        .filter(r -> r != null && r.confidence() >= MIN_CONFIDENCE && !r.text().isBlank())
        .toList();
  }

  /// The orientations to try. A tall box may be a narrow character or vertical text; the reading
  /// with the highest confidence wins.
  private static List<TextBox> ways(TextBox box) {
    if (!box.standing()) {
      return List.of(box);
    }
    return box.height() > LONE * box.width()
        ? List.of(box.turned(-1), box.turned(1))
        : List.of(box, box.turned(-1), box.turned(1));
  }

  private List<Guess> guess(Pixels picture, List<View> batch) throws TranslateException {
    int width =
        Math.max(MIN_WIDTH_PIXELS, batch.stream().mapToInt(View::width).max().orElseThrow());
    float[] values = new float[batch.size() * 3 * HEIGHT_PIXELS * width];
    for (int i = 0; i < batch.size(); i++) {
      View view = batch.get(i);
      float[] planes = picture.straightened(view.area, view.width, HEIGHT_PIXELS);
      for (int row = 0; row < 3 * HEIGHT_PIXELS; row++) {
        int to = (i * 3 * HEIGHT_PIXELS + row) * width;
        for (int x = 0; x < view.width; x++) {
          values[to + x] = planes[row * view.width + x] / 127.5f - 1;
        }
      }
    }
    Tensor output = predictor.predict(new Tensor(values, batch.size(), 3, HEIGHT_PIXELS, width));
    int steps = (int) output.shape()[1];
    int classes = (int) output.shape()[2];
    List<Guess> guesses = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      guesses.add(decode(output.values(), i * steps * classes, steps, classes));
    }
    return guesses;
  }

  /// Greedy CTC: the likeliest class of each step, repeats merged, blanks (class 0) dropped.
  ///
  /// The network was trained on Chinese, which has no spaces between words, and gives the space
  /// character only a small probability. These probabilities are summed between two characters; a
  /// sum of at least {@value #MIN_BLANK_SHARE} counts as a space.
  private Guess decode(float[] values, int offset, int steps, int classes) {
    StringBuilder text = new StringBuilder();
    double sum = 0;
    int count = 0;
    int previous = 0;
    double space = 0;
    for (int step = 0; step < steps; step++) {
      int at = offset + step * classes;
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (values[at + c] > values[at + best]) {
          best = c;
        }
      }
      space += values[at + classes - 1];
      if (best != 0 && best != previous) {
        String character = best <= characters.size() ? characters.get(best - 1) : " ";
        if (space >= MIN_BLANK_SHARE && !text.isEmpty()) {
          text.append(' ');
        }
        text.append(character);
        sum += values[at + best];
        count++;
        space = 0;
      }
      previous = best;
    }
    return new Guess(tidy(text.toString()), count == 0 ? 0 : sum / count);
  }

  /// Replaces full-width punctuation, which includes its own spacing, by Latin punctuation and a
  /// blank, and collapses repeated blanks.
  private static String tidy(String text) {
    String plain =
        WIDE.matcher(text)
            .replaceAll(m -> Normalizer.normalize(m.group(), Normalizer.Form.NFKC) + " ");
    return BLANKS.matcher(plain).replaceAll(" ").strip();
  }
}
