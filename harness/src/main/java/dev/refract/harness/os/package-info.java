/// Operating-system services: cancellation, model server processes, user folders, and calls to the
/// C library.
@NullMarked
package dev.refract.harness.os;

import org.jspecify.annotations.NullMarked;
