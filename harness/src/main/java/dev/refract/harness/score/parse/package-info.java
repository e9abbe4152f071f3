/// Finds the answer in a free-form reply.
@NullMarked
package dev.refract.harness.score.parse;

import org.jspecify.annotations.NullMarked;
