/// Captioners: what turns an image into words.
@NullMarked
package dev.refract.harness.caption;

import org.jspecify.annotations.NullMarked;
