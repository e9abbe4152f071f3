/// Results, comparisons and load tests as text for a terminal.
@NullMarked
package dev.refract.harness.cli.text;

import org.jspecify.annotations.NullMarked;
