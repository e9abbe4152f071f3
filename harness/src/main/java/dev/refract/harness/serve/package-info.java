/// Serves the pages of a site to this machine.
@NullMarked
package dev.refract.harness.serve;

import org.jspecify.annotations.NullMarked;
