/// Properties of a caption that follow from its text alone: pure functions.
@NullMarked
package dev.refract.reports.caption;

import org.jspecify.annotations.NullMarked;
