package dev.refract.harness.caption;

import org.jspecify.annotations.Nullable;

/// An image that is to be described.
///
/// @param name for messages
/// @param bytes its file
/// @param description the ground truth, which only the control `reference` looks at; or null
public record Picture(String name, byte[] bytes, @Nullable String description) {}
