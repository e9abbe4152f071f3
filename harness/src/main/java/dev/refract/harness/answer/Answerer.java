package dev.refract.harness.answer;

import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// Answers the benchmark's questions.
public sealed interface Answerer extends AutoCloseable permits TextAnswerer, ImageAnswerer {

  /// Everything about the answerer that can change its replies, for fingerprints and reports.
  ModelIdentity identity();

  /// How many questions it works on at once, at least 1.
  int concurrency();

  /// The servers it sends requests to.
  ModelServer server();

  @Override
  default void close() {}
}
