/// Checks run folders beyond their seals: line by line, and by deriving results again.
@NullMarked
package dev.refract.reports.verify;

import org.jspecify.annotations.NullMarked;
