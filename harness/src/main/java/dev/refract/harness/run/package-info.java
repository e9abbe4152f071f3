/// Runs: the stages of an evaluation, the session that makes it resumable, and its results.
@NullMarked
package dev.refract.harness.run;

import org.jspecify.annotations.NullMarked;
