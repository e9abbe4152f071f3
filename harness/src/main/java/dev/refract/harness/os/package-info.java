/// What Java itself cannot do to its own process, through the C library.
@NullMarked
package dev.refract.harness.os;

import org.jspecify.annotations.NullMarked;
