/// The run-file format: what a run leaves on disk, and how to read it back.
@NullMarked
package dev.refract.reports.result;

import org.jspecify.annotations.NullMarked;
