package dev.refract.reports.result;

/// Why a request gave nothing.
///
/// @param kind a stable word: `connection`, `timeout`, `refused`, `server`, `image`, `protocol`
/// @param message for people, without secrets
public record Failure(String kind, String message) {}
