package dev.refract.harness.load;

import dev.refract.harness.llm.Usage;
import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadFigures.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// From the requests of one window to its figures.
final class Measurement {

  private static final int MOST_PROBLEMS = 5;
  private static final double NANOS = 1e9;

  private Measurement() {}

  static LoadFigures of(LoadShape shape, Load.Outcome outcome, Goodput goodput) {
    double seconds = (outcome.to() - outcome.from()) / NANOS;
    List<Shot> good = outcome.shots().stream().filter(shot -> shot.reply() != null).toList();
    return new LoadFigures(
        shape.words(),
        seconds,
        good.size(),
        outcome.shots().size() - good.size(),
        problems(outcome.shots()),
        (int) good.stream().filter(Shot::isTruncated).count(),
        good.size() / seconds,
        perSecond(good, Usage::output, seconds),
        perSecond(good, Usage::input, seconds),
        perSecond(good, Usage::image, seconds),
        goodput.isAsked() ? good.stream().filter(goodput::isKept).count() / seconds : null,
        spread(good, Shot::endToEnd),
        spread(good, Shot::firstToken),
        spread(good, Shot::perToken),
        spread(good, Shot::lag),
        shape instanceof LoadShape.Offline ? null : Double.valueOf(drift(good, outcome)),
        outcome.clientCpu());
  }

  private static double drift(List<Shot> good, Load.Outcome outcome) {
    long half = outcome.from() + (outcome.to() - outcome.from()) / 2;
    long early = good.stream().filter(shot -> shot.ended() < half).count();
    return early == 0 ? Double.POSITIVE_INFINITY : (double) (good.size() - early) / early;
  }

  /// Null where one of them was not counted.
  private static @Nullable Double perSecond(
      List<Shot> good, Function<Usage, @Nullable Integer> tokens, double seconds) {
    long sum = 0;
    for (Shot shot : good) {
      Integer counted = tokens.apply(Objects.requireNonNull(shot.reply()).usage());
      if (counted == null) {
        return null;
      }
      sum += counted;
    }
    return good.isEmpty() ? null : Double.valueOf(sum / seconds);
  }

  private static Spread spread(List<Shot> good, ToDoubleFunction<Shot> value) {
    return Spread.of(good.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray());
  }

  private static Map<String, Integer> problems(List<Shot> shots) {
    Map<String, Integer> all = new TreeMap<>();
    shots.stream()
        .filter(shot -> shot.reply() == null)
        .forEach(shot -> all.merge(shot.problem(), 1, Integer::sum));
    Map<String, Integer> commonest = new LinkedHashMap<>();
    all.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_PROBLEMS)
        .forEach(problem -> commonest.put(problem.getKey(), problem.getValue()));
    return commonest;
  }
}
