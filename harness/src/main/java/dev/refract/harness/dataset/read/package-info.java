/// Reads the rows of benchmark files and turns them into samples.
@NullMarked
package dev.refract.harness.dataset.read;

import org.jspecify.annotations.NullMarked;
