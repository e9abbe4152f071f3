package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answerer's reply to one question on one caption, or why there is none: a line of
/// `answers.jsonl`.
///
/// @param fingerprint SHA-256 over the exact prompt, the sampling, the answerer's identity and the
///   number of the repeat
/// @param inputTokens as counted by the server, or null
/// @param outputTokens as counted by the server or by `tokenizer`, or null
/// @param tokenizer what counted the output where the server did not; null where the server did
/// @param retried failures of earlier attempts; null where the first attempt counted
/// @param reply null exactly when the answer failed
public record AnswerRecord(
    String fingerprint,
    String dataset,
    String questionId,
    String captionFingerprint,
    @Nullable String reply,
    @JsonUnwrapped Ending ending,
    @Nullable Integer inputTokens,
    @Nullable Integer outputTokens,
    @Nullable String tokenizer,
    @Nullable Failure failure,
    @Nullable List<Failure> retried,
    @JsonUnwrapped RequestTime time)
    implements JournalRecord {

  /// An answer of which only the text is known, without its time and token counts.
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
        Ending.UNKNOWN,
        null,
        null,
        null,
        null,
        null,
        RequestTime.NONE);
  }
}
