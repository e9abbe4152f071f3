package dev.refract.reports.telemetry;

import org.jspecify.annotations.Nullable;

/// The metrics of one model server at one instant. A value that the server does not report is null,
/// never zero.
///
/// @param running requests in progress
/// @param waiting requests in its queue
/// @param cacheUsage share of its KV cache, 0 to 1
/// @param inputTokens tokens read since the server started
/// @param outputTokens tokens written since the server started
/// @param cacheQueries tokens looked up in its prefix cache
/// @param cacheHits number of these that were found
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
