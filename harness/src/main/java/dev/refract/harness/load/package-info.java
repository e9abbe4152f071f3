/// Load on a model server and what it bears: arrival of requests, windows, figures, verdicts.
@NullMarked
package dev.refract.harness.load;

import org.jspecify.annotations.NullMarked;
