package dev.refract.harness.score;

import dev.refract.harness.score.maths.Mathematics;
import dev.refract.harness.score.maths.Mathematics.Verdict;
import dev.refract.harness.text.PythonList;
import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CapRL's score. For charts it is the better of relaxed accuracy and mathematical equality, for
/// infographics the best of these two and ANLS, for everything else mathematical equality alone. A
/// question's attribute `category` selects the rule: `chart`, `infographic`, or anything else.
///
/// `official`: the relaxed accuracy has its arguments swapped, so that an answer p is right when
/// the gold is within 5 % of p, and tries p at the scales 1, 0.01 and 100: a gold of 2010 accepts
/// 2019, a gold of 45 accepts 0.45 and 4500. `strict`: p must be within 5 % of the gold, the scales
/// are tried only when the gold is a percentage, years must be exact, ANLS divides by normalised
/// lengths, and words are not products of symbols.
///
/// Source: arXiv 2509.22647 and `Eval_CapRL.py` of InternLM/CapRL; rows `caprl.reference` of the
/// golden file.
public record CapRl(MetricMode mode) implements Metric {

  private static final Pattern REPLY =
      Pattern.compile(
          "</think>\\s*<answer>.*?\\\\boxed\\{(.*)\\}.*?</answer>",
          Pattern.DOTALL | Pattern.UNIX_LINES);
  private static final double TOLERANCE = 0.05;
  private static final double MIN_SIMILARITY = 0.5;
  private static final double[] SCALES = {1, 0.01, 100};
  private static final int MAX_REPLY_CHARS = 50_000;

  /// The attribute that selects the scoring rule of a question.
  public static final String CATEGORY = "category";

  private static final Pattern YEAR = Pattern.compile("1[0-9]{3}|20[0-9]{2}");

  /// The scoring rule of a question.
  public enum Kind {
    CHART,
    INFO,
    MATH;

    /// @param category category name as in manifests
    static Kind of(String category) {
      return switch (category) {
        case "chart" -> CHART;
        case "infographic" -> INFO;
        default -> MATH;
      };
    }
  }

  @Override
  public MetricName name() {
    return MetricName.CAPRL;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return decide(key, answer).orElse(0);
  }

  @Override
  public OptionalDouble decide(AnswerKey key, String answer) {
    Kind kind = Kind.of(key.attribute(CATEGORY));
    return switch (mode) {
      case OFFICIAL -> score(kind, key.golds(), answer);
      case STRICT -> strict(kind, key.golds(), answer);
    };
  }

  @Override
  public String extracted(AnswerKey key, String reply) {
    return answer(reply);
  }

  /// The content of the box in a reply's answer block; empty when there is none. The expression is
  /// the reference's: two blocks give one text, from the first box to the end of the last.
  public static String answer(String reply) {
    String answer = "";
    if (reply.length() <= MAX_REPLY_CHARS) {
      Matcher block = REPLY.matcher(reply);
      while (block.find()) {
        answer = block.group(1);
      }
    }
    return answer;
  }

  /// The reference scorer's score.
  ///
  /// @param golds accepted answers, at least one
  /// @param answer result of {@link #answer}
  /// @return in [0, 1]; empty when it cannot be decided
  public static OptionalDouble score(Kind kind, List<String> golds, String answer) {
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

  private static OptionalDouble strict(Kind kind, List<String> golds, String answer) {
    double best = 0;
    boolean open = false;
    for (String written : golds) {
      for (String gold : alternatives(written)) {
        Verdict verdict =
            isYear(gold) && PythonText.toFloat(answer).isPresent()
                ? gold.equals(answer.strip()) ? Verdict.EQUAL : Verdict.DIFFERENT
                : MathMatch.verdict(MetricMode.STRICT, gold, answer);
        best = verdict == Verdict.EQUAL ? 1 : best;
        open |= verdict == Verdict.UNDECIDED;
        best = kind == Kind.MATH ? best : Math.max(best, strictChart(gold, answer));
      }
    }
    if (kind == Kind.INFO) {
      best = Math.max(best, new Anls(MetricMode.STRICT).best(golds, answer));
    }
    return open && best < 1 ? OptionalDouble.empty() : OptionalDouble.of(best);
  }

  private static double strictChart(String gold, String answer) {
    double[] scales = gold.endsWith("%") ? SCALES : new double[] {1};
    OptionalDouble wanted = PythonText.toFloat(gold.replaceFirst("%$", ""));
    OptionalDouble found = PythonText.toFloat(answer.strip().replaceFirst("%$", ""));
    if (wanted.isEmpty() || found.isEmpty() || isYear(gold)) {
      return PythonText.lower(answer.strip()).equals(PythonText.lower(gold.strip())) ? 1 : 0;
    }
    double w = wanted.getAsDouble();
    for (double scale : scales) {
      if (Math.abs(scale * found.getAsDouble() - w) <= TOLERANCE * Math.abs(w)) {
        return 1;
      }
    }
    return 0;
  }

  private static boolean isYear(String gold) {
    return YEAR.matcher(gold.strip()).matches();
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

  /// The error is relative to the answer, as in the reference.
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
    return best >= MIN_SIMILARITY ? best : 0;
  }

  /// The accepted answers: several when the gold is written as a list.
  private static List<String> alternatives(String gold) {
    return PythonList.parse(gold).filter(list -> !list.isEmpty()).orElse(List.of(gold));
  }
}
