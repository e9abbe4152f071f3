package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// Turns an image into words. It never sees a question. No method but {@link #close} has a default:
/// a captioner that wraps another must decide about each.
public sealed interface Captioner extends AutoCloseable
    permits OcrCaptioner,
        VisionModelCaptioner,
        SilentCaptioner,
        PlaceboCaptioner,
        ReferenceCaptioner {

  /// Everything about the captioner that can change its captions, for fingerprints and reports.
  ModelIdentity identity();

  /// Whose captions these are: its own, or for a placebo those of the captioner whose captions it
  /// exchanges. Equal ones can be shared.
  ModelIdentity describes();

  /// Whether it may describe one image differently when asked again; others are asked once, however
  /// many captions a protocol wants.
  boolean varies();

  /// Whether it is asked in words, so that other words may bring another caption.
  boolean takesPrompt();

  /// The servers it sends requests to.
  ModelServer server();

  /// How many images it works on at once, at least 1.
  int concurrency();

  /// @throws RequestException when there is no caption, with the reason
  Caption caption(InputImage image) throws RequestException, InterruptedException;

  @Override
  default void close() {}
}
