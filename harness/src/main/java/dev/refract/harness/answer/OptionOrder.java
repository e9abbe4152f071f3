package dev.refract.harness.answer;

import dev.refract.harness.dataset.OptionShuffle;
import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The order in which a question's options are shown, and the option that a letter refers to.
///
/// @param options options as shown; the first is A
/// @param order for each shown option its index in the data, from 0; the index after the last one
///   is the added option {@value #CANNOT}
/// @param real number of options in the data
public record OptionOrder(List<String> options, List<Integer> order, int real) {

  /// The text of the added option, in CaptionQA's wording.
  public static final String CANNOT = "Cannot answer from the caption";

  /// @param rotation number of places by which the options are rotated, from 0
  public static OptionOrder of(Question question, Protocol.Options how, int rotation) {
    List<Integer> order = new ArrayList<>(base(question, how));
    java.util.Collections.rotate(order, -rotation);
    int real = question.choices().size();
    return new OptionOrder(
        order.stream().map(i -> i == real ? CANNOT : question.choices().get(i)).toList(),
        List.copyOf(order),
        real);
  }

  private static List<Integer> base(Question question, Protocol.Options how) {
    return how.shuffle()
        ? OptionShuffle.of(question)
        : IntStream.range(0, question.choices().size()).boxed().toList();
  }

  /// Number of rotations in which a question is shown, at least 1.
  ///
  /// @param most maximum number of rotations
  public static int rotations(Question question, int most) {
    return Math.max(1, Math.min(most, question.choices().size()));
  }

  /// Whether a letter refers to the added option {@value #CANNOT}.
  public boolean isCannot(String letter) {
    return place(letter) == real;
  }

  /// The letter in the data for the letter of a shown option; any other text is returned unchanged.
  public String original(String letter) {
    int place = place(letter);
    return place < 0 ? letter : letter(place);
  }

  /// The letter of an option.
  ///
  /// @param place from 0
  public static String letter(int place) {
    return String.valueOf((char) ('A' + place));
  }

  private int place(String letter) {
    int shown = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
    return shown >= 0 && shown < order.size() ? order.get(shown) : -1;
  }
}
