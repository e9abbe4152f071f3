/// Answerers, which are text-only models that answer from a caption, and their prompts.
@NullMarked
package dev.refract.harness.answer;

import org.jspecify.annotations.NullMarked;
