package dev.refract.harness.score;

import java.util.List;
import java.util.Optional;

/// The metrics by name.
public final class Metrics {

  private static final List<Metric> ALL =
      List.of(
          new RelaxedAccuracy(true),
          new ChartQaPro(),
          new Anls(),
          new Contains(),
          new VqaScore(),
          new ExactMatch(),
          new ChoiceMatch());

  private Metrics() {}

  public static Optional<Metric> named(String name) {
    return ALL.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(Metric::name).toList();
  }
}
