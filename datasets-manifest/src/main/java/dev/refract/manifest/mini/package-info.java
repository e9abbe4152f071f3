/// The program that draws the bundled mini suite from generated data, so that every gold answer is
/// exact.
@NullMarked
package dev.refract.manifest.mini;

import org.jspecify.annotations.NullMarked;
