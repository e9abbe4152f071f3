/// A gate's verdict in the formats that CI systems display. Pure functions from records to text.
@NullMarked
package dev.refract.reports.ci;

import org.jspecify.annotations.NullMarked;
