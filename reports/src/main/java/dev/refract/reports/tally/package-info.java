/// Figures of a run, counted in one pass over its records.
@NullMarked
package dev.refract.reports.tally;

import org.jspecify.annotations.NullMarked;
