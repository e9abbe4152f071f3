/// The command line: one class per subcommand, and the exit codes.
@NullMarked
package dev.refract.harness.cli;

import org.jspecify.annotations.NullMarked;
