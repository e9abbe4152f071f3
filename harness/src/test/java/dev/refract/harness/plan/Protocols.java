package dev.refract.harness.plan;

import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Protocol.Parser;
import dev.refract.manifest.Sampling;
import org.jspecify.annotations.Nullable;

/// Small protocols for tests.
final class Protocols {

  static final Sampling GREEDY = new Sampling(0, 1, 1, 9);

  private Protocols() {}

  static Protocol of(
      boolean shuffle,
      Protocol.@Nullable Raw raw,
      Parser parser,
      @Nullable MetricName metric,
      MetricMode mode) {
    return new Protocol(
        "tiny",
        3,
        "Tiny",
        "a test",
        new Protocol.Captioning("Describe.", 1, GREEDY, null),
        new Protocol.Answering(
            "Be brief.",
            "C: {caption} Q: {question} {options}",
            new Protocol.Options("O:\n", "\nEnd", shuffle),
            raw,
            "D: {question} {options}",
            GREEDY),
        new Protocol.Scoring(parser, metric, mode));
  }

  static Protocol plain() {
    return of(false, null, Parser.LENIENT, null, MetricMode.OFFICIAL);
  }
}
