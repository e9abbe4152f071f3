package dev.refract.harness.answer;

import dev.refract.harness.dataset.OptionShuffle;
import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// How the options of a question are shown, and which of them a letter means.
///
/// @param options as shown, the first is A
/// @param order for each of them its place in the data, from 0; one past the last is the option
///   that says that the caption does not tell
/// @param real how many options the data have
public record OptionOrder(List<String> options, List<Integer> order, int real) {

  /// What stands for the option that the caption does not tell, as CaptionQA words it.
  public static final String CANNOT = "Cannot answer from the caption";

  /// @param rotation by how many places the options are moved on, from 0
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

  /// In how many ways a question can be shown when options move on.
  public static int rotations(Question question, int most) {
    return Math.max(1, Math.min(most, question.choices().size()));
  }

  /// Whether a letter names the option that the caption does not tell.
  public boolean isCannot(String letter) {
    return place(letter) == real;
  }

  /// The letter that a shown option has in the data; what is no letter of an option stays.
  public String original(String letter) {
    int place = place(letter);
    return place < 0 ? letter : String.valueOf((char) ('A' + place));
  }

  private int place(String letter) {
    int shown = letter.length() == 1 ? letter.charAt(0) - 'A' : -1;
    return shown >= 0 && shown < order.size() ? order.get(shown) : -1;
  }
}
