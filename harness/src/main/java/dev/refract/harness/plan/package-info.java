/// What a run will do, decided before it does anything: captions, questions, prompts, and how
/// replies are scored.
@NullMarked
package dev.refract.harness.plan;

import org.jspecify.annotations.NullMarked;
