package dev.refract.harness.score;

import dev.refract.manifest.MetricMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The metrics by name.
public final class Metrics {

  private static final Map<MetricMode, List<Metric>> ALL =
      Map.of(
          MetricMode.OFFICIAL, in(MetricMode.OFFICIAL), MetricMode.STRICT, in(MetricMode.STRICT));

  private Metrics() {}

  private static List<Metric> in(MetricMode mode) {
    return List.of(
        new RelaxedAccuracy(true, mode),
        new ChartQaPro(mode),
        new Anls(mode),
        new Contains(),
        new VqaScore(mode),
        new ExactMatch(),
        new ChoiceMatch(),
        new CaptionQa(),
        new MathMatch(mode),
        new CapRl(mode),
        new Mmmu(false),
        new Mmmu(true),
        new MathVista(mode),
        new VisuLogic(),
        new WeMath());
  }

  public static Optional<Metric> named(String name, MetricMode mode) {
    return Objects.requireNonNull(ALL.get(mode)).stream()
        .filter(metric -> metric.name().toString().equals(name))
        .findFirst();
  }

  /// The metric as the benchmark's own scorer computes it.
  public static Optional<Metric> named(String name) {
    return named(name, MetricMode.OFFICIAL);
  }

  public static List<String> names() {
    return in(MetricMode.OFFICIAL).stream().map(metric -> metric.name().toString()).toList();
  }
}
