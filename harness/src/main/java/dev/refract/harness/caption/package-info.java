/// Captioners: they describe an image in words.
@NullMarked
package dev.refract.harness.caption;

import org.jspecify.annotations.NullMarked;
