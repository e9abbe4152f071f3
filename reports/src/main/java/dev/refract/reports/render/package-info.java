/// Numbers and plots as a reader sees them: formats, and SVG drawn without a script.
@NullMarked
package dev.refract.reports.render;

import org.jspecify.annotations.NullMarked;
