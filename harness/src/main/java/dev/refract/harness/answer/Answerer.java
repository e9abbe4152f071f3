package dev.refract.harness.answer;

import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// Answers the benchmark's questions.
public sealed interface Answerer extends AutoCloseable permits TextAnswerer, ImageAnswerer {

  /// Everything about the answerer that can change its replies, for fingerprints and reports.
  ModelIdentity identity();

  /// Number of questions processed concurrently, at least 1.
  int concurrency();

  /// The servers to which it sends requests.
  ModelServer server();

  @Override
  default void close() {}
}
