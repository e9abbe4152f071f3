/// Benchmarks of what is not public: they lie in the package that they measure.
@NullMarked
package dev.refract.harness.run;

import org.jspecify.annotations.NullMarked;
