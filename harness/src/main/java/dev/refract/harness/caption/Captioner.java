package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// Describes an image in words. It never sees a question. Only {@link #close} and {@link #expect}
/// have defaults, so that a captioner that wraps another must implement every other method
/// deliberately.
public interface Captioner extends AutoCloseable {

  /// Everything about the captioner that can change its captions, for fingerprints and reports.
  ModelIdentity identity();

  /// The captioner that writes the captions: itself, or for a placebo the captioner whose captions
  /// it swaps. Captioners with an equal value can share captions.
  ModelIdentity describes();

  /// Whether it may describe the same image differently when asked again. If not, it is asked only
  /// once per image, however many captions a protocol requires.
  boolean varies();

  /// Whether it takes a text prompt, so that another prompt may give another caption.
  boolean takesPrompt();

  /// The servers to which it sends requests.
  ModelServer server();

  /// Number of images processed concurrently, at least 1.
  int concurrency();

  /// @throws RequestException when the request fails, with the reason
  Caption caption(InputImage image) throws RequestException, InterruptedException;

  /// Called for each image of the run before the first is described.
  default void expect(String name, String sha256) {}

  @Override
  default void close() {}
}
