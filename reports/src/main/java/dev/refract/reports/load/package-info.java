/// What a load on a model server gave: figures, whether they may be published, and as a file.
@NullMarked
package dev.refract.reports.load;

import org.jspecify.annotations.NullMarked;
