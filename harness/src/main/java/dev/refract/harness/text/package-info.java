/// Text as it can be kept.
@NullMarked
package dev.refract.harness.text;

import org.jspecify.annotations.NullMarked;
