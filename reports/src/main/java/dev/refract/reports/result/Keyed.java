package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// A journalled record: found by its fingerprint, and either landed or failed.
public sealed interface Keyed permits CaptionRecord, AnswerRecord {

  String fingerprint();

  @Nullable Failure failure();
}
