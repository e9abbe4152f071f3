/// Converts runs and load reports of older formats to the current one.
@NullMarked
package dev.refract.reports.upgrade;

import org.jspecify.annotations.NullMarked;
