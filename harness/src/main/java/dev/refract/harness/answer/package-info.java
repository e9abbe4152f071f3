/// Answerers: text-only models that answer from a caption; and what they are shown.
@NullMarked
package dev.refract.harness.answer;

import org.jspecify.annotations.NullMarked;
