/// Append-only journals, their record fingerprints, and the lock of a run folder.
@NullMarked
package dev.refract.harness.journal;

import org.jspecify.annotations.NullMarked;
