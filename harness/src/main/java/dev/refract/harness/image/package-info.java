/// Safe decoding of untrusted image files; the format is detected from the content.
@NullMarked
package dev.refract.harness.image;

import org.jspecify.annotations.NullMarked;
