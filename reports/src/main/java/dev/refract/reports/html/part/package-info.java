/// Parts of pages that know no page.
@NullMarked
package dev.refract.reports.html.part;

import org.jspecify.annotations.NullMarked;
