package dev.refract.benchmarks;

import dev.refract.harness.score.Metric;
import dev.refract.harness.score.Metrics;
import dev.refract.harness.score.parse.AnswerParser;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Microseconds to score all pairs of a metric, or to parse all replies: the cost of re-scoring a
/// saved run. Pairs come from `-Dpairs=FILE`, else they are made up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MetricBenchmark {

  @Param({
    "relaxed_accuracy",
    "anls",
    "vqa_score",
    "chartqapro",
    "anls_300",
    "short answer",
    "choice"
  })
  @SuppressWarnings("NullAway.Init")
  public String what;

  @SuppressWarnings("NullAway.Init")
  private List<Pairs.Pair> pairs;

  @SuppressWarnings("NullAway.Init")
  private Metric metric;

  @Setup
  public void load() throws IOException {
    pairs = Pairs.of(what);
    metric = Metrics.named(what).orElse(Metrics.named("anls").orElseThrow());
  }

  @Benchmark
  public double all() {
    return switch (what) {
      case "short answer" -> parsed();
      case "choice" -> chosen();
      default -> scored();
    };
  }

  private double scored() {
    double sum = 0;
    for (Pairs.Pair pair : pairs) {
      sum += metric.score(pair.key(), pair.answer());
    }
    return sum;
  }

  private double parsed() {
    int sum = 0;
    for (Pairs.Pair pair : pairs) {
      sum += AnswerParser.shortAnswer(pair.answer()).hashCode();
    }
    return sum;
  }

  private double chosen() {
    int sum = 0;
    for (Pairs.Pair pair : pairs) {
      sum += AnswerParser.choice(pair.answer(), pair.golds()).hashCode();
    }
    return sum;
  }
}
