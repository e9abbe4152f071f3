package dev.refract.harness.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.random.MersenneTwister;

/// The order in which the CaptionQA release shows options. One generator, Python's
/// `random.Random(0)`, shuffles the options of all questions of the split in turn, so a question
/// has the same order whichever part of the split is selected. Questions that are not yes/no
/// questions get one more option: "Cannot answer from the caption".
///
/// Source: `qa.py` of the CaptionQA release and its task in lmms-eval.
public final class OptionShuffle {

  /// The attribute with the order: option indices in the data, from 0, separated by commas.
  static final String ORDER_ATTRIBUTE = "option_order";

  private static final int SEED = 0;
  private static final List<String> YES_NO_STARTS =
      List.of(
          "is ", "are ", "was ", "were ", "do ", "does ", "did ", "have ", "has ", "had ", "can ",
          "could ", "will ", "would ", "should ", "shall ", "may ", "might ", "must ");

  private OptionShuffle() {}

  /// The dataset with an order for every question that has at least two options.
  ///
  /// @param whole the dataset before any selection
  public static Dataset of(Dataset whole) {
    MersenneTwister random = new MersenneTwister(new int[] {SEED});
    List<Sample> samples = new ArrayList<>();
    for (Sample sample : whole.samples()) {
      samples.add(sample.with(sample.questions().stream().map(q -> shuffled(q, random)).toList()));
    }
    return whole.narrowed(samples, whole.selection());
  }

  /// The order assigned to a question; the order in the data when none was assigned.
  public static List<Integer> of(Question question) {
    String order = question.attributes().getOrDefault(ORDER_ATTRIBUTE, "");
    return order.isEmpty()
        ? java.util.stream.IntStream.range(0, question.choices().size()).boxed().toList()
        : Arrays.stream(order.split(",")).map(Integer::valueOf).toList();
  }

  private static Question shuffled(Question question, MersenneTwister random) {
    if (question.choices().size() < 2) {
      return question;
    }
    int options = question.choices().size() + (isYesNo(question) ? 0 : 1);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < options; i++) {
      order.add(i);
    }
    for (int i = options - 1; i > 0; i--) {
      Collections.swap(order, i, below(i + 1, random));
    }
    Map<String, String> attributes = new HashMap<>(question.attributes());
    attributes.put(ORDER_ATTRIBUTE, String.join(",", order.stream().map(String::valueOf).toList()));
    return new Question(
        question.id(),
        question.group(),
        question.text(),
        question.choices(),
        question.golds(),
        question.metric(),
        attributes);
  }

  /// `random._randbelow(n)`: draws as many bits as n has until the number is below n.
  private static int below(int n, MersenneTwister random) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(n);
    int drawn;
    do {
      drawn = random.nextInt() >>> (Integer.SIZE - bits);
    } while (drawn >= n);
    return drawn;
  }

  /// The release's rule: the options contain "yes" and "no", or the question begins with a verb.
  private static boolean isYesNo(Question question) {
    List<String> options =
        question.choices().stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    String text = question.text().strip().toLowerCase(Locale.ROOT);
    return (options.stream().anyMatch(o -> o.contains("yes"))
            && options.stream().anyMatch(o -> o.contains("no")))
        || YES_NO_STARTS.stream().anyMatch(text::startsWith);
  }
}
