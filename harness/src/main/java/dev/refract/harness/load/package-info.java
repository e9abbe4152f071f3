/// Load tests of model servers: arrival of requests, measurement windows and their figures.
@NullMarked
package dev.refract.harness.load;

import org.jspecify.annotations.NullMarked;
