/// Images with their questions, read from the file layouts of published benchmarks.
@NullMarked
package dev.refract.harness.dataset;

import org.jspecify.annotations.NullMarked;
