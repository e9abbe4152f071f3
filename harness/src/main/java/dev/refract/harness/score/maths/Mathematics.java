package dev.refract.harness.score.maths;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether an answer and a gold are the same mathematics (`official`): letters and words, numbers,
/// percentages, fractions, powers, roots, tuples, intervals, sets, units, equations and simple
/// algebra, as CapRL's scorer decides it.
///
/// Its surprises are kept: anagrams are equal as products of symbols (`listen` = `silent`), `A.` is
/// not `A`, hyphens subtract (`2010-2015` = `2000-2005`), trailing units vanish, and a gold that
/// cannot be read is right for any answer.
///
/// Source: math-verify 0.8.0 as `Eval_CapRL.py` of InternLM/CapRL calls it; rows `caprl.reference`
/// of the golden file.
public final class Mathematics {

  private Mathematics() {}

  /// What can be said.
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    /// It would need a computer algebra system.
    UNDECIDED
  }

  public static Verdict compare(String gold, String answer) {
    try {
      return same(gold, answer) ? Verdict.EQUAL : Verdict.DIFFERENT;
    } catch (Undecided | ArithmeticException | StackOverflowError _) {
      return Verdict.UNDECIDED;
    }
  }

  /// The answer in the form in which the reference looks at it: units, quotes and fonts removed;
  /// empty text where there is nothing; nothing where the form is not modelled.
  public static Optional<String> normalForm(String answer) {
    try {
      return Optional.of(MathText.normalForm(answer).orElse(""));
    } catch (Undecided _) {
      return Optional.empty();
    }
  }

  private static boolean same(String gold, String answer) {
    Optional<String> g = MathText.normalForm(gold);
    if (g.isEmpty() || answer.strip().equals(g.get())) {
      return true; // a gold that cannot be read is right for any answer
    }
    Optional<String> p = MathText.normalForm(answer);
    if (p.isEmpty() || p.get().equals(g.get())) {
      return p.isPresent();
    }
    // What the reference cannot read decides before what is not modelled here does.
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
      return false; // a quotient by zero equals nothing
    } else if (trees.stream().anyMatch(tree -> tree.has(Expr.ByZero.class))) {
      throw new Undecided("division by zero");
    }
    return MathEquality.equal(trees.get(1), trees.get(0));
  }
}
