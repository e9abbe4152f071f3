/// Number formats and plots for pages; plots are SVG without scripts.
@NullMarked
package dev.refract.reports.render;

import org.jspecify.annotations.NullMarked;
