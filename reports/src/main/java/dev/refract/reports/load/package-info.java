/// Results of a load on a model server: figures, their validity, and the report file.
@NullMarked
package dev.refract.reports.load;

import org.jspecify.annotations.NullMarked;
