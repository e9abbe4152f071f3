/// JMH benchmarks of what the harness itself costs.
@NullMarked
package dev.refract.benchmarks;

import org.jspecify.annotations.NullMarked;
