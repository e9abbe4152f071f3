/// What GPUs and servers say of themselves while they work.
@NullMarked
package dev.refract.harness.gpu;

import org.jspecify.annotations.NullMarked;
