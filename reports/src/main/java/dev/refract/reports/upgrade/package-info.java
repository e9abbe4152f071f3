/// Runs and load reports of older formats, converted to the present one.
@NullMarked
package dev.refract.reports.upgrade;

import org.jspecify.annotations.NullMarked;
