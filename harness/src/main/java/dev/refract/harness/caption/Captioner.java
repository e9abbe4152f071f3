package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import java.util.Map;

/// Turns an image into words. It never sees a question.
public sealed interface Captioner extends AutoCloseable
    permits OcrCaptioner,
        VisionModelCaptioner,
        BlindCaptioner,
        PlaceboCaptioner,
        ReferenceCaptioner {

  /// Everything about the captioner that can change its captions, for fingerprints and reports. No
  /// secrets.
  Map<String, Object> identity();

  /// How many images it works on at once, at least 1.
  int concurrency();

  /// @throws RequestException when there is no caption, with the reason
  Caption caption(Picture picture) throws RequestException, InterruptedException;

  @Override
  default void close() {}
}
