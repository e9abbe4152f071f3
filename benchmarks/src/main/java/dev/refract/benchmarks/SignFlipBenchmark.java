package dev.refract.benchmarks;

import dev.refract.reports.stats.SignFlip;
import java.util.Random;
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

/// The sign-flip test at its largest: 10,000 resamples of 10,000 questions, each on its own image.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignFlipBenchmark {

  private final double[] sums = new Random(1).doubles(10_000, -1, 1.02).toArray();

  @Benchmark
  public double tenThousandTimesTenThousand() {
    return SignFlip.p(sums, 10_000, 0);
  }
}
