/// Statistics of scores: pure functions, no input or output.
@NullMarked
package dev.refract.reports.stats;

import org.jspecify.annotations.NullMarked;
