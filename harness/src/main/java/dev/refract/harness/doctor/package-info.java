/// Checks this machine, its drivers and the model servers before a run.
@NullMarked
package dev.refract.harness.doctor;

import org.jspecify.annotations.NullMarked;
