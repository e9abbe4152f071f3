/// Safe decoding of hostile image files; identity by content.
@NullMarked
package dev.refract.harness.image;

import org.jspecify.annotations.NullMarked;
