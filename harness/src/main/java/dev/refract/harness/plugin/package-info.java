/// The interfaces for a captioner or an answerer of a user's own, and how they are loaded.
@NullMarked
package dev.refract.harness.plugin;

import org.jspecify.annotations.NullMarked;
