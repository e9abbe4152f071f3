/// Model weights: fetched, verified and kept in a cache.
@NullMarked
package dev.refract.harness.model;

import org.jspecify.annotations.NullMarked;
