package dev.refract.harness.fetch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A text that a server gave.
///
/// @param next where it goes on, or null
record ApiPage(String text, @Nullable URI next) {}
