/// Benchmarks on this machine: fetched, locked, indexed, exported.
@NullMarked
package dev.refract.harness.dataset.store;

import org.jspecify.annotations.NullMarked;
