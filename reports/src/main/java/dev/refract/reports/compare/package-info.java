/// Two or more runs on the same questions: what differs, and whether that is proven.
@NullMarked
package dev.refract.reports.compare;

import org.jspecify.annotations.NullMarked;
