package dev.refract.harness.score;

import dev.refract.harness.score.maths.Mathematics;
import dev.refract.harness.score.maths.Mathematics.Verdict;
import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.OptionalDouble;

/// Whether an answer is mathematically equal to a gold: `official` as math-verify decides; `strict`
/// rejects two things that math-verify accepts by accident: any answer to a gold that it cannot
/// parse, and words that are anagrams of the gold.
///
/// Source: math-verify 0.8.0; see {@link Mathematics}.
public record MathMatch(MetricMode mode) implements Metric {

  @Override
  public MetricName name() {
    return MetricName.MATH;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return decide(key, answer).orElse(0);
  }

  @Override
  public OptionalDouble decide(AnswerKey key, String answer) {
    boolean open = false;
    for (String gold : key.golds()) {
      Verdict verdict = verdict(mode, gold, answer);
      if (verdict == Verdict.EQUAL) {
        return OptionalDouble.of(1);
      }
      open |= verdict == Verdict.UNDECIDED;
    }
    return open ? OptionalDouble.empty() : OptionalDouble.of(0);
  }

  static Verdict verdict(MetricMode mode, String gold, String answer) {
    return switch (mode) {
      case OFFICIAL -> Mathematics.compare(gold, answer);
      case STRICT -> {
        String wanted = plain(gold);
        String found = plain(answer);
        boolean words = isWord(wanted) || isWord(found) || wanted.isEmpty() || found.isEmpty();
        yield words
            ? wanted.equals(found) ? Verdict.EQUAL : Verdict.DIFFERENT
            : Mathematics.compare(wanted, found);
      }
    };
  }

  /// Text that consists of letters is a word, not a product of symbols; `A.` counts as A.
  private static boolean isWord(String text) {
    return text.codePoints().allMatch(c -> Character.isLetter(c) || Character.isWhitespace(c));
  }

  private static String plain(String text) {
    String collapsed = PythonText.collapse(text).replaceFirst("(?<=[^.])\\.$", "");
    return isWord(collapsed) ? PythonText.lower(collapsed) : collapsed;
  }
}
