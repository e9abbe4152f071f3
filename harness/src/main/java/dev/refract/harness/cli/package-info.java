/// The command line: one class a subcommand, and the closed set of exit codes.
@NullMarked
package dev.refract.harness.cli;

import org.jspecify.annotations.NullMarked;
