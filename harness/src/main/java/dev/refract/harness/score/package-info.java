/// Parsers, which extract the answer from a reply, and metrics, which score it.
@NullMarked
package dev.refract.harness.score;

import org.jspecify.annotations.NullMarked;
