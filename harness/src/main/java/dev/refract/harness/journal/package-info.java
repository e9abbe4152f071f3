/// Append-only journals, the lock of a run folder, and the fingerprints by which records are found.
@NullMarked
package dev.refract.harness.journal;

import org.jspecify.annotations.NullMarked;
