/// Decides when requests are sent: how many at once, how fast, when again after a failure, to which
/// of several servers, and until which budget. Nothing here sends anything.
@NullMarked
package dev.refract.harness.pace;

import org.jspecify.annotations.NullMarked;
