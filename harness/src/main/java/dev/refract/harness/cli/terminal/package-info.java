/// What a command and its terminal exchange: text that is safe to print, and Ctrl-C.
@NullMarked
package dev.refract.harness.cli.terminal;

import org.jspecify.annotations.NullMarked;
