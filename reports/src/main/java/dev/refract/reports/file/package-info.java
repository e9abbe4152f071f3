/// Files as JSON: how they are written so that damage is found, and read so that none is believed.
@NullMarked
package dev.refract.reports.file;

import org.jspecify.annotations.NullMarked;
