/// The plan of a run, made before any request: captions, questions, prompts and scoring.
@NullMarked
package dev.refract.harness.plan;

import org.jspecify.annotations.NullMarked;
