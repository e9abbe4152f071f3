/// One verdict in the forms that CI systems show. Pure: texts from records.
@NullMarked
package dev.refract.reports.ci;

import org.jspecify.annotations.NullMarked;
