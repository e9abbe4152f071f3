package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One caption of one image, or the failure to get it: a line of `captions.jsonl`.
///
/// @param fingerprint SHA-256 over everything that determines the caption
/// @param sample which of the n captions of this image, from 0
/// @param prompt what the captioner was asked, where it is not the protocol's own prompt; or null
/// @param text null exactly when the caption failed
/// @param finishReason as the server said: `stop`, `length`, ...
/// @param inputTokens tokens of prompt and image as the server counted them, or null
/// @param imageTokens what of these the image took, for servers that tell it apart
/// @param outputTokens tokens of the caption, or null
/// @param tokenizer what counted these where the server did not; null where the server did
/// @param retried why earlier attempts gave nothing; null where the first one counted
/// @param startedMillis Unix time in milliseconds at which the request was handed over
/// @param seconds from hand-over to the last byte
public record CaptionRecord(
    String fingerprint,
    String dataset,
    String image,
    String imageSha256,
    int sample,
    @Nullable String prompt,
    @Nullable String text,
    @Nullable String finishReason,
    @Nullable Integer inputTokens,
    @Nullable Integer imageTokens,
    @Nullable Integer outputTokens,
    @Nullable String tokenizer,
    @Nullable Failure failure,
    @Nullable List<Failure> retried,
    long startedMillis,
    double seconds)
    implements Keyed {

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
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        0);
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
        inputTokens,
        imageTokens,
        outputTokens,
        tokenizer,
        failure,
        null,
        0,
        0);
  }
}
