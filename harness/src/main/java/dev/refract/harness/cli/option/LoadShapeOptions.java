package dev.refract.harness.cli.option;

import dev.refract.harness.load.LoadShape;
import dev.refract.manifest.ManifestException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options for how the requests of a load test arrive.
public final class LoadShapeOptions {

  private static final int DEFAULT_CONCURRENCY = 32;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Closed loop: keep N requests in flight (default: 32).")
  private @Nullable Integer concurrency;

  @Option(
      names = "--sweep",
      split = ",",
      paramLabel = "N,N,..",
      description =
          "Closed loops: test these concurrency levels in order; stop when throughput no longer"
              + " grows.")
  private @Nullable List<Integer> sweep;

  @Option(
      names = "--rate",
      split = ",",
      paramLabel = "R",
      description =
          "Open loop: send R requests per second, however slow the server is; several rates make a"
              + " sweep.")
  private @Nullable List<Double> rates;

  @Option(
      names = "--constant",
      description = "Open loop: send requests at equal intervals instead of Poisson intervals.")
  private boolean constant;

  @Option(names = "--offline", paramLabel = "N", description = "Send N requests at once.")
  private @Nullable Integer offline;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Random seed of the Poisson intervals (default: ${DEFAULT-VALUE}).")
  private long seed;

  /// Whether several loads are tested in order, until throughput no longer grows.
  public boolean isSweep() {
    return sweep != null || (rates != null && rates.size() > 1);
  }

  public List<LoadShape> shapes() {
    long named = Stream.of(concurrency, sweep, rates, offline).filter(Objects::nonNull).count();
    if (named > 1) {
      throw new ManifestException(
          "expected only one of --concurrency, --sweep, --rate and --offline, found " + named);
    }
    if (sweep != null) {
      sweep.forEach(users -> positive("--sweep", users));
      return sweep.stream().<LoadShape>map(LoadShape.Closed::new).toList();
    } else if (rates != null) {
      rates.forEach(rate -> positive("--rate", rate));
      return rates.stream()
          .<LoadShape>map(rate -> new LoadShape.Open(rate, !constant, seed))
          .toList();
    } else if (offline != null) {
      positive("--offline", offline);
      return List.of(new LoadShape.Offline(offline));
    }
    int users = concurrency == null ? DEFAULT_CONCURRENCY : concurrency;
    positive("--concurrency", users);
    return List.of(new LoadShape.Closed(users));
  }

  public static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new ManifestException("%s: expected more than 0, found %s".formatted(name, value));
    }
  }
}
