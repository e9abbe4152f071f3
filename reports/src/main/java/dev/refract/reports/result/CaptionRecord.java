package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One caption of one image, or the failure to get it: a line of `captions.jsonl`.
///
/// @param fingerprint SHA-256 over everything that determines the caption
/// @param sample which of the n captions of this image, from 0
/// @param prompt what the captioner was asked, where it is not the protocol's own prompt; or null
/// @param text null exactly when the caption failed
/// @param finishReason as the server said: `stop`, `length`, ...
/// @param retried why earlier attempts gave nothing; null where the first one counted
public record CaptionRecord(
    String fingerprint,
    String dataset,
    String image,
    String imageSha256,
    int sample,
    @Nullable String prompt,
    @Nullable String text,
    @Nullable String finishReason,
    @JsonUnwrapped TokenCounts tokens,
    @Nullable Failure failure,
    @Nullable List<Failure> retried,
    @JsonUnwrapped RequestTime time)
    implements JournalRecord {

  /// A caption of which nothing is known but its text: how long it took and what it cost are not.
  public static CaptionRecord ofText(
      String fingerprint, String dataset, String image, String imageSha256, String text) {
    return new CaptionRecord(
        fingerprint,
        dataset,
        image,
        imageSha256,
        0,
        null,
        text,
        null,
        TokenCounts.UNKNOWN,
        null,
        null,
        RequestTime.NONE);
  }

  /// Whether it ended at the token limit.
  @JsonIgnore
  public boolean isTruncated() {
    return "length".equals(finishReason);
  }

  /// The same caption in a run that did not make it: without the time that it took.
  public CaptionRecord reused() {
    return new CaptionRecord(
        fingerprint,
        dataset,
        image,
        imageSha256,
        sample,
        prompt,
        text,
        finishReason,
        tokens,
        failure,
        null,
        RequestTime.NONE);
  }
}
