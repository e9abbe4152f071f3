package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import java.util.Map;

/// Turns an image into words. It never sees a question.
public sealed interface Captioner extends AutoCloseable
    permits OcrCaptioner,
        VisionModelCaptioner,
        BlindCaptioner,
        PlaceboCaptioner,
        ReferenceCaptioner,
        DirectCaptioner {

  /// Everything about the captioner that can change its captions, for fingerprints and reports. No
  /// secrets.
  Map<String, Object> identity();

  /// Whether it may describe one image differently when asked again; others are asked once, however
  /// many captions a protocol wants.
  default boolean varies() {
    return false;
  }

  /// Whether it is asked in words, so that other words may bring another caption.
  default boolean takesPrompt() {
    return false;
  }

  /// Who works behind it.
  default ModelServer server() {
    return ModelServer.NONE;
  }

  /// How many images it works on at once, at least 1.
  int concurrency();

  /// @throws RequestException when there is no caption, with the reason
  Caption caption(Picture picture) throws RequestException, InterruptedException;

  @Override
  default void close() {}
}
