package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a request has no usable reply. In JSON the name in lower case.
public enum FailureKind {
  /// No connection, or one that broke.
  CONNECTION,
  /// No reply in time.
  TIMEOUT,
  /// The server refused the request; a retry would fail again.
  REFUSED,
  /// The server rejects the credentials, or the account has no credit: every request would fail.
  DENIED,
  /// The server failed; a retry may succeed.
  SERVER,
  /// The reply is not what the protocol says.
  PROTOCOL,
  /// The image cannot be read.
  IMAGE,
  /// The prompt is too long for the model.
  CONTEXT,
  /// A model in this process failed.
  MODEL,
  /// The dataset has no reference description.
  REFERENCE,
  /// The imported or cached data has no such record.
  MISSING,
  UNKNOWN;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static FailureKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
