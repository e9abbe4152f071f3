/// Sends the requests of a stage with bounded concurrency, journals each reply, shows progress, and
/// stops when all requests fail alike.
@NullMarked
package dev.refract.harness.dispatch;

import org.jspecify.annotations.NullMarked;
