/// What a run will find: this machine, its drivers, the servers it will ask.
@NullMarked
package dev.refract.harness.doctor;

import org.jspecify.annotations.NullMarked;
