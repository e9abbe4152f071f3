package dev.refract.harness.score;

import dev.refract.harness.score.maths.Mathematics;
import dev.refract.harness.score.maths.Mathematics.Verdict;
import dev.refract.harness.text.PythonList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CapRL's score of a whole reply (`official`): the answer is what `\boxed{}` holds in its answer
/// block; charts count by the better of a relaxed accuracy and mathematics, infographics by ANLS as
/// well, everything else by mathematics alone.
///
/// The relaxed accuracy has its arguments swapped, so that an answer p is right when the gold lies
/// within 5 % of p, and tries p at the scales 1, 0.01 and 100: a gold of 2010 accepts 2019, a gold
/// of 45 accepts 0.45 and 4500.
///
/// Source: arXiv 2509.22647 and `Eval_CapRL.py` of InternLM/CapRL; rows `caprl.reference` of the
/// golden file.
public final class CapRl {

  private static final Pattern REPLY =
      Pattern.compile(
          "</think>\\s*<answer>.*?\\\\boxed\\{(.*)\\}.*?</answer>",
          Pattern.DOTALL | Pattern.UNIX_LINES);
  private static final double TOLERANCE = 0.05;
  private static final double CUT = 0.5;
  private static final double[] SCALES = {1, 0.01, 100};
  private static final int LONGEST_REPLY = 50_000;

  private CapRl() {}

  /// What kind of benchmark a question is of.
  public enum Kind {
    CHART,
    INFO,
    MATH
  }

  /// What the last answer block of a reply holds; empty when there is none.
  public static String answer(String reply) {
    String answer = "";
    if (reply.length() <= LONGEST_REPLY) {
      Matcher block = REPLY.matcher(reply);
      while (block.find()) {
        answer = block.group(1);
      }
    }
    return answer;
  }

  /// @param golds accepted answers, at least one
  /// @return in [0, 1]; empty when it cannot be decided
  public static OptionalDouble score(Kind kind, List<String> golds, String reply) {
    String answer = answer(reply);
    String gold = golds.size() == 1 ? golds.getFirst() : PythonList.repr(golds);
    Verdict verdict = Mathematics.compare(gold, answer);
    if (verdict == Verdict.EQUAL) {
      return OptionalDouble.of(1);
    }
    Optional<String> shown = kind == Kind.MATH ? Optional.of("") : Mathematics.normalForm(answer);
    double best =
        switch (kind) {
          case MATH -> 0;
          case CHART -> shown.map(s -> chart(gold, s)).orElse(0.0);
          case INFO -> shown.map(s -> Math.max(chart(gold, s), similarity(gold, s))).orElse(0.0);
        };
    boolean open = verdict == Verdict.UNDECIDED || shown.isEmpty();
    return open && best < 1 ? OptionalDouble.empty() : OptionalDouble.of(best);
  }

  private static double chart(String gold, String answer) {
    OptionalDouble number = PythonText.toFloat(answer);
    for (String accepted : alternatives(gold)) {
      if (number.isEmpty()) {
        if (isRelaxed(answer.strip(), accepted)) {
          return 1;
        }
      } else {
        for (double scale : SCALES) {
          if (isRelaxed(PythonList.text(scale * number.getAsDouble()), accepted)) {
            return 1;
          }
        }
      }
    }
    return 0;
  }

  /// Relative to the answer, as the reference has it.
  private static boolean isRelaxed(String answer, String gold) {
    OptionalDouble p = percent(answer);
    OptionalDouble g = percent(gold);
    if (g.isPresent() && p.isPresent() && p.getAsDouble() != 0) {
      return Math.abs(g.getAsDouble() - p.getAsDouble()) / Math.abs(p.getAsDouble()) <= TOLERANCE;
    }
    return PythonText.lower(answer).equals(PythonText.lower(gold));
  }

  private static OptionalDouble percent(String text) {
    if (!text.endsWith("%")) {
      return PythonText.toFloat(text);
    }
    OptionalDouble value = PythonText.toFloat(text.replaceFirst("%+$", ""));
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() / 100) : value;
  }

  private static double similarity(String gold, String answer) {
    double best =
        alternatives(gold).stream().mapToDouble(g -> Anls.similarity(g, answer)).max().orElse(0);
    return best >= CUT ? best : 0;
  }

  /// A gold that is written as a list holds several.
  private static List<String> alternatives(String gold) {
    return PythonList.parse(gold).filter(list -> !list.isEmpty()).orElse(List.of(gold));
  }
}
