/// Compares two or more runs on the same questions: what differs, and whether the difference is
/// proven.
@NullMarked
package dev.refract.reports.compare;

import org.jspecify.annotations.NullMarked;
