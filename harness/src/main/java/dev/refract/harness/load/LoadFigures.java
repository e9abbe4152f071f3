package dev.refract.harness.load;

import dev.refract.reports.stats.Percentiles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The figures of one window. Published formulas: rates are what ended in the window over its
/// length; latency is from the intended start to the last byte; TTFT from sending to the first
/// text; TPOT (last text - first text) / (output tokens - 1).
///
/// @param shape in words
/// @param seconds of the window
/// @param requests that ended well in it
/// @param failed that ended without a reply
/// @param problems the commonest reasons, with how often
/// @param truncated replies that ended at the token limit
/// @param outputTokensPerSecond as the server counts them; null where it did not count every reply;
///   likewise inputTokensPerSecond
/// @param goodput requests a second that met both limits; null without limits
/// @param lag what the client was late, in seconds
/// @param drift rate of the second half of the window over that of the first
/// @param clientCpu share of this machine's processors
public record LoadFigures(
    String shape,
    double seconds,
    int requests,
    int failed,
    Map<String, Integer> problems,
    int truncated,
    double requestsPerSecond,
    @Nullable Double outputTokensPerSecond,
    @Nullable Double inputTokensPerSecond,
    @Nullable Double goodput,
    Spread latency,
    Spread firstToken,
    Spread perToken,
    Spread lag,
    double drift,
    double clientCpu) {

  private static final int MOST_PROBLEMS = 5;
  private static final double NANOS = 1e9;

  /// Seconds; null where too few were measured.
  public record Spread(
      int n,
      @Nullable Double mean,
      @Nullable Double p50,
      @Nullable Double p90,
      @Nullable Double p95,
      @Nullable Double p99) {

    static Spread of(List<Shot> shots, ToDoubleFunction<Shot> value) {
      double[] values = shots.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray();
      Percentiles percentiles = new Percentiles(values);
      return new Spread(
          values.length,
          values.length == 0 ? null : Double.valueOf(percentiles.mean()),
          percentiles.orNull(0.5),
          percentiles.orNull(0.9),
          percentiles.orNull(0.95),
          percentiles.orNull(0.99));
    }
  }

  /// What a request must keep to count as good; a limit that is infinite is none.
  public record Limits(double firstToken, double latency) {

    public static final Limits NONE =
        new Limits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    private boolean isNone() {
      return equals(NONE);
    }

    private boolean areKept(Shot shot) {
      double first = shot.firstToken();
      return shot.endToEnd() <= latency && (Double.isNaN(first) || first <= firstToken);
    }
  }

  public static LoadFigures of(LoadShape shape, Load.Outcome outcome, Limits limits) {
    double seconds = (outcome.to() - outcome.from()) / NANOS;
    List<Shot> good = outcome.shots().stream().filter(shot -> shot.reply() != null).toList();
    Map<String, Integer> problems = new TreeMap<>();
    outcome.shots().stream()
        .filter(shot -> shot.reply() == null)
        .forEach(shot -> problems.merge(shot.problem(), 1, Integer::sum));
    boolean counted =
        good.stream()
            .map(shot -> Objects.requireNonNull(shot.reply()))
            .allMatch(reply -> reply.inputTokens() != null && reply.outputTokens() != null);
    long half = outcome.from() + (outcome.to() - outcome.from()) / 2;
    long early = good.stream().filter(shot -> shot.ended() < half).count();
    return new LoadFigures(
        shape.words(),
        seconds,
        good.size(),
        outcome.shots().size() - good.size(),
        commonest(problems),
        (int) good.stream().filter(Shot::isTruncated).count(),
        good.size() / seconds,
        counted && !good.isEmpty() ? tokens(good, false) / seconds : null,
        counted && !good.isEmpty() ? tokens(good, true) / seconds : null,
        limits.isNone() ? null : good.stream().filter(limits::areKept).count() / seconds,
        Spread.of(good, Shot::endToEnd),
        Spread.of(good, Shot::firstToken),
        Spread.of(good, Shot::perToken),
        Spread.of(good, Shot::lag),
        early == 0 ? Double.NaN : (double) (good.size() - early) / early,
        outcome.clientCpu());
  }

  private static double tokens(List<Shot> good, boolean input) {
    return good.stream()
        .map(shot -> Objects.requireNonNull(shot.reply()))
        .map(reply -> input ? reply.inputTokens() : reply.outputTokens())
        .filter(Objects::nonNull)
        .mapToLong(Integer::longValue)
        .sum();
  }

  private static Map<String, Integer> commonest(Map<String, Integer> problems) {
    Map<String, Integer> some = new java.util.LinkedHashMap<>();
    problems.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_PROBLEMS)
        .forEach(problem -> some.put(problem.getKey(), problem.getValue()));
    return some;
  }
}
