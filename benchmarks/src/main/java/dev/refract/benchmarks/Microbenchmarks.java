package dev.refract.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Prints JMH's figures as rows, compared with the same work in Python.
///
/// `... Microbenchmarks FORKS SECONDS [PAIRS.jsonl]`, from the repository's root; without golden
/// pairs, pairs are made up.
public final class Microbenchmarks {

  private static final List<String> METRICS =
      List.of("relaxed_accuracy", "anls", "vqa_score", "chartqapro");

  private final int forks;
  private final int seconds;
  private final Path pairs;
  private final String called;

  private Microbenchmarks(int forks, int seconds, Path pairs, String called) {
    this.forks = forks;
    this.seconds = seconds;
    this.pairs = pairs;
    this.called = called;
  }

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    boolean golden = args.length > 2 && !args[2].isEmpty();
    Path pairs =
        golden
            ? Path.of(args[2]).toAbsolutePath()
            : Files.createTempFile("refract-pairs", ".jsonl");
    if (!golden) {
      Pairs.makeUp(pairs);
    }
    System.setProperty("pairs", pairs.toString());
    Microbenchmarks all =
        new Microbenchmarks(
            Integer.parseInt(args[0]),
            Integer.parseInt(args[1]),
            pairs,
            golden ? "golden pairs" : "made-up pairs");
    all.metrics();
    all.resampling();
  }

  private void metrics() throws Exception {
    Optional<String> said =
        Peer.says(
            "metrics.py",
            pairs.toString(),
            "" + seconds,
            JsonMapper.shared().writeValueAsString(Pairs.long300()));
    JsonNode theirs = JsonMapper.shared().readTree(said.orElse("{}"));
    for (RunResult result : run(MetricBenchmark.class)) {
      String what = result.getParams().getParam("what");
      int n = Pairs.of(what).size();
      double nanos = result.getPrimaryResult().getScore() * 1000 / n;
      double bytes =
          Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore()
              / n;
      double other = theirs.path(what).asDouble(Double.NaN);
      if (METRICS.contains(what)) {
        new Row(
                what + ", " + called,
                nanos,
                other,
                "ns a pair",
                "the rules in Python",
                other / nanos,
                "at least 100")
            .print();
      } else if (what.equals("anls_300")) {
        new Row(
                "ANLS on 2 x 300 characters",
                nanos,
                other,
                "ns a pair",
                "rapidfuzz, called per pair",
                other / nanos,
                "at least 1")
            .print();
      } else {
        Row.alone("parser of " + what + "s, replies/s", 1e9 / nanos, "1/s", "at least 1,000,000")
            .print();
      }
      Row.alone(what + ", allocated", bytes, "bytes a pair", "").print();
    }
  }

  private void resampling() throws Exception {
    double theirs =
        Peer.says("resampling.py", "" + seconds).map(Double::parseDouble).orElse(Double.NaN);
    for (RunResult result : run(SignFlipBenchmark.class)) {
      double millis = result.getPrimaryResult().getScore();
      new Row(
              "paired resampling, 10,000 x 10,000",
              millis,
              theirs,
              "ms",
              "numpy, vectorised",
              theirs / millis,
              "at least 3")
          .print();
    }
  }

  private Collection<RunResult> run(Class<?> benchmark) throws Exception {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + benchmark.getName() + "\\.")
            .forks(forks)
            .measurementTime(TimeValue.seconds(seconds))
            .warmupTime(TimeValue.seconds(seconds))
            .jvmArgsAppend("-Dpairs=" + pairs)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(Files.createTempFile("refract-jmh", ".log").toString());
    return new Runner(options.build()).run();
  }
}
