/// What can be told of a caption from its text alone: pure functions.
@NullMarked
package dev.refract.reports.caption;

import org.jspecify.annotations.NullMarked;
