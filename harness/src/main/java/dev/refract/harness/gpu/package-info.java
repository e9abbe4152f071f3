/// Telemetry of GPUs and model servers during a run.
@NullMarked
package dev.refract.harness.gpu;

import org.jspecify.annotations.NullMarked;
