package dev.refract.harness.score.maths;

import dev.refract.harness.text.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether an answer and a gold are mathematically equal (`official`), as CapRL's scorer decides:
/// letters and words, numbers, percentages, fractions, powers, roots, tuples, intervals, sets,
/// units, equations and simple algebra.
///
/// The scorer's surprises are kept: anagrams are equal as products of symbols (`listen` =
/// `silent`), `A.` is not `A`, hyphens subtract (`2010-2015` = `2000-2005`), trailing units are
/// dropped, and any answer is right for a gold that cannot be parsed.
///
/// Source: math-verify 0.8.0 as `Eval_CapRL.py` of InternLM/CapRL calls it; rows `caprl.reference`
/// of the golden file.
public final class Mathematics {

  private Mathematics() {}

  /// Result of a comparison.
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    /// The decision would need a computer algebra system, or the case is not modelled.
    UNDECIDED
  }

  public static Verdict compare(String gold, String answer) {
    try {
      return same(gold, answer) ? Verdict.EQUAL : Verdict.DIFFERENT;
    } catch (Undecided | ArithmeticException _) {
      return Verdict.UNDECIDED;
    }
  }

  /// The answer in the reference's normal form, without units, quotes and fonts; an empty text when
  /// the reference finds nothing to parse; an empty Optional when the normal form is not modelled.
  public static Optional<String> normalForm(String answer) {
    try {
      return Optional.of(MathText.normalForm(answer).orElse(""));
    } catch (Undecided _) {
      return Optional.empty();
    }
  }

  private static boolean same(String gold, String answer) {
    Optional<String> g = MathText.normalForm(gold);
    if (g.isEmpty() || PythonText.strip(answer).equals(g.get())) {
      return true; // any answer is right for a gold that cannot be parsed
    }
    Optional<String> p = MathText.normalForm(answer);
    if (p.isEmpty() || p.get().equals(g.get())) {
      return p.isPresent();
    }
    // A text that the reference cannot parse decides first, before any case not modelled here.
    List<Expr> trees = new ArrayList<>();
    Optional<Undecided> pending = Optional.empty();
    for (String text : List.of(g.get(), p.get())) {
      try {
        trees.add(MathParser.parse(text));
      } catch (Unparsed _) {
        return false;
      } catch (Undecided e) {
        pending = Optional.of(e);
      }
    }
    if (pending.isPresent()) {
      throw pending.get();
    } else if (trees.stream().anyMatch(tree -> tree instanceof Expr.ByZero)) {
      return false; // a division by zero equals nothing
    } else if (trees.stream().anyMatch(tree -> tree.has(Expr.ByZero.class))) {
      throw new Undecided("division by zero");
    }
    return MathEquality.equal(trees.get(1), trees.get(0));
  }
}
