/// Resumable downloads, the Hugging Face hub and its cache.
@NullMarked
package dev.refract.harness.fetch;

import org.jspecify.annotations.NullMarked;
