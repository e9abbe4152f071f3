package dev.refract.reports.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question of a run with everything that led to its score: a line of `items.jsonl`.
///
/// @param imageSha256 identity of the image's bytes; the cluster of the statistics
/// @param category the benchmark's own grouping, such as `chart`
/// @param kind the question's type within its benchmark, such as `two_values`
/// @param captionFingerprint key of the caption in `captions.jsonl`
/// @param prompt the exact text the answerer saw; null when it was never asked
/// @param reply the answerer's raw reply; null when there is none
public record ItemResult(
    String dataset,
    String questionId,
    String image,
    String imageSha256,
    String category,
    String kind,
    String question,
    List<String> choices,
    List<String> golds,
    String metric,
    String captionFingerprint,
    @Nullable String prompt,
    @Nullable String reply,
    Outcome outcome) {}
