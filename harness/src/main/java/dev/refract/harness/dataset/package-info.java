/// Images with their questions, read from the layouts in which benchmarks come.
@NullMarked
package dev.refract.harness.dataset;

import org.jspecify.annotations.NullMarked;
