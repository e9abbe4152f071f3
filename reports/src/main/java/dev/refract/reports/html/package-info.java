/// Static pages from finished runs.
@NullMarked
package dev.refract.reports.html;

import org.jspecify.annotations.NullMarked;
