package dev.refract.reports.result;

/// Why a request has no usable reply.
///
/// @param message readable, without secrets
public record Failure(FailureKind kind, String message) {}
