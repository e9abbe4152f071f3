/// Text utilities: well-formed text and Python's notation.
@NullMarked
package dev.refract.harness.text;

import org.jspecify.annotations.NullMarked;
