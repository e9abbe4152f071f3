package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answerer's reply to one question on one caption, or the failure to get it: a line of
/// `answers.jsonl`.
///
/// @param fingerprint SHA-256 over the exact prompt, the sampling, the answerer's identity and
///   which time of asking this is
/// @param inputTokens as the server counted them, or null; likewise outputTokens
/// @param tokenizer what counted the output where the server did not; null where the server did
/// @param retried why earlier attempts gave nothing; null where the first one counted
/// @param reply null exactly when the answer failed
public record AnswerRecord(
    String fingerprint,
    String dataset,
    String questionId,
    String captionFingerprint,
    @Nullable String reply,
    @Nullable String finishReason,
    @Nullable Integer inputTokens,
    @Nullable Integer outputTokens,
    @Nullable String tokenizer,
    @Nullable Failure failure,
    @Nullable List<Failure> retried,
    @JsonUnwrapped RequestTime time)
    implements JournalRecord {

  /// An answer of which nothing is known but its text: how long it took and what it cost are not.
  public static AnswerRecord ofText(
      String fingerprint,
      String dataset,
      String questionId,
      String captionFingerprint,
      String reply) {
    return new AnswerRecord(
        fingerprint,
        dataset,
        questionId,
        captionFingerprint,
        reply,
        null,
        null,
        null,
        null,
        null,
        null,
        RequestTime.NONE);
  }
}
