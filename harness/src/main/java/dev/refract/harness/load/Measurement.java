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

/// Computes the figures of one window from its requests.
final class Measurement {

  private static final int MAX_PROBLEMS_SHOWN = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  private Measurement() {}

  static LoadFigures of(LoadShape shape, Load.Outcome outcome, Goodput goodput) {
    double seconds = (outcome.to() - outcome.from()) / NANOS_PER_SECOND;
    List<RequestSample> good =
        outcome.samples().stream().filter(sample -> sample.reply() != null).toList();
    return new LoadFigures(
        shape.words(),
        seconds,
        good.size(),
        outcome.samples().size() - good.size(),
        problems(outcome.samples()),
        (int) good.stream().filter(RequestSample::isTruncated).count(),
        new LoadFigures.Rates(
            good.size() / seconds,
            perSecond(good, Usage::output, seconds),
            perSecond(good, Usage::input, seconds),
            perSecond(good, Usage::image, seconds),
            goodput.isAsked() ? good.stream().filter(goodput::isKept).count() / seconds : null),
        new LoadFigures.Latencies(
            spread(good, RequestSample::endToEnd),
            spread(good, RequestSample::firstToken),
            spread(good, RequestSample::perToken),
            spread(good, RequestSample::lag)),
        shape instanceof LoadShape.Offline ? null : Double.valueOf(drift(good, outcome)),
        outcome.clientCpu());
  }

  private static double drift(List<RequestSample> good, Load.Outcome outcome) {
    long half = outcome.from() + (outcome.to() - outcome.from()) / 2;
    long early = good.stream().filter(sample -> sample.ended() < half).count();
    return early == 0 ? Double.POSITIVE_INFINITY : (double) (good.size() - early) / early;
  }

  /// Tokens per second; null when the count of any request is unknown.
  private static @Nullable Double perSecond(
      List<RequestSample> good, Function<Usage, @Nullable Integer> tokens, double seconds) {
    long sum = 0;
    for (RequestSample sample : good) {
      Integer counted = tokens.apply(Objects.requireNonNull(sample.reply()).usage());
      if (counted == null) {
        return null;
      }
      sum += counted;
    }
    return good.isEmpty() ? null : Double.valueOf(sum / seconds);
  }

  private static Spread spread(List<RequestSample> good, ToDoubleFunction<RequestSample> value) {
    return Spread.of(good.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray());
  }

  private static Map<String, Integer> problems(List<RequestSample> samples) {
    Map<String, Integer> all = new TreeMap<>();
    samples.stream()
        .filter(sample -> sample.reply() == null)
        .forEach(sample -> all.merge(sample.problem(), 1, Integer::sum));
    Map<String, Integer> commonest = new LinkedHashMap<>();
    all.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MAX_PROBLEMS_SHOWN)
        .forEach(problem -> commonest.put(problem.getKey(), problem.getValue()));
    return commonest;
  }
}
