package dev.refract.benchmarks;

import dev.refract.harness.score.AnswerParser;
import dev.refract.harness.score.Metric;
import dev.refract.harness.score.Metrics;
import dev.refract.harness.score.Parsed;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Nanoseconds to parse and score one reply: what re-scoring a saved run costs per question.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MetricBenchmark {

  private static final List<String> GOLDS = List.of("Institute of Regional Data", "the institute");

  private final Metric anls = Metrics.named("anls").orElseThrow();
  private final Metric relaxed = Metrics.named("relaxed_accuracy").orElseThrow();
  private final String reply = "The answer is **Institute of Regionel Data**.";
  private final List<String> choices = List.of("Mali", "Niger", "Kenya", "Egypt");

  @Benchmark
  public Parsed parseShortAnswer() {
    return AnswerParser.shortAnswer(reply);
  }

  @Benchmark
  public Parsed parseChoice() {
    return AnswerParser.choice("The correct answer is (C) Kenya.", choices);
  }

  @Benchmark
  public double anls() {
    return anls.score(GOLDS, "Institute of Regionel Data");
  }

  @Benchmark
  public double relaxedAccuracy() {
    return relaxed.score(List.of("41.5%"), "42%");
  }
}
