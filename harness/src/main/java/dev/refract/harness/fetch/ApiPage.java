package dev.refract.harness.fetch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One page of an API response.
///
/// @param next address of the next page, or null
record ApiPage(String text, @Nullable URI next) {}
