/// Parsers and metrics: what a reply says, and what that is worth.
@NullMarked
package dev.refract.harness.score;

import org.jspecify.annotations.NullMarked;
