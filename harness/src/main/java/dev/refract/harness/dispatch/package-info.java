/// Sends the requests of a stage: so many at a time, each journalled, with progress, stopped when
/// all of them fail alike.
@NullMarked
package dev.refract.harness.dispatch;

import org.jspecify.annotations.NullMarked;
