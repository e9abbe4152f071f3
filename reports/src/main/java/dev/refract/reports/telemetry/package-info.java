/// Readings of hardware and servers during a run, and what they sum up to.
@NullMarked
package dev.refract.reports.telemetry;

import org.jspecify.annotations.NullMarked;
