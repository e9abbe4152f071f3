package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One caption of one image, or why there is none: a line of `captions.jsonl`.
///
/// @param fingerprint SHA-256 over everything that determines the caption
/// @param sample number of the caption among the n captions of this image, from 0
/// @param prompt the captioner's prompt where it differs from the protocol's; or null
/// @param text null exactly when the caption failed
/// @param retried failures of earlier attempts; null where the first attempt counted
public record CaptionRecord(
    String fingerprint,
    String dataset,
    String image,
    String imageSha256,
    int sample,
    @Nullable String prompt,
    @Nullable String text,
    @JsonUnwrapped Ending ending,
    @JsonUnwrapped TokenCounts tokens,
    @Nullable Failure failure,
    @Nullable List<Failure> retried,
    @JsonUnwrapped RequestTime time)
    implements JournalRecord {

  /// A caption of which only the text is known, without its time and token counts.
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
        Ending.UNKNOWN,
        TokenCounts.UNKNOWN,
        null,
        null,
        RequestTime.NONE);
  }

  /// Whether it ended at the token limit.
  @JsonIgnore
  public boolean isTruncated() {
    return ending.end() == ReplyEnd.TRUNCATED;
  }

  /// The same caption for a run that reuses it: without its time.
  public CaptionRecord reused() {
    return new CaptionRecord(
        fingerprint,
        dataset,
        image,
        imageSha256,
        sample,
        prompt,
        text,
        ending,
        tokens,
        failure,
        null,
        RequestTime.NONE);
  }
}
