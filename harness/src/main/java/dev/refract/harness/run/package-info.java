/// A run: stages in order, a journal that loses nothing, and the fingerprints that make it
/// resumable.
@NullMarked
package dev.refract.harness.run;

import org.jspecify.annotations.NullMarked;
