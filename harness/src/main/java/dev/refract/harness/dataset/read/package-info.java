/// Rows of the files in which benchmarks come, and how they become samples.
@NullMarked
package dev.refract.harness.dataset.read;

import org.jspecify.annotations.NullMarked;
