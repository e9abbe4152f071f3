/// The run-file format: the files of a run, and how to read them.
@NullMarked
package dev.refract.reports.result;

import org.jspecify.annotations.NullMarked;
