package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// The metrics of one model server at one instant. What it does not report is null, never zero.
///
/// @param running requests that it works on
/// @param waiting requests in its queue
/// @param cacheUsage share of its KV cache, 0 to 1
/// @param inputTokens read since it started
/// @param outputTokens written since it started
/// @param cacheQueries tokens looked up in its prefix cache
/// @param cacheHits how many of these were found
public record ServerTelemetry(
    @Nullable Double running,
    @Nullable Double waiting,
    @Nullable Double cacheUsage,
    @Nullable Double inputTokens,
    @Nullable Double outputTokens,
    @Nullable Double cacheQueries,
    @Nullable Double cacheHits) {

  static final ServerTelemetry NONE = new ServerTelemetry(null, null, null, null, null, null, null);
}
