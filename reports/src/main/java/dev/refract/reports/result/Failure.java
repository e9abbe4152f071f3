package dev.refract.reports.result;

/// Why a request has no usable reply.
///
/// @param message for people, without secrets
public record Failure(FailureKind kind, String message) {}
