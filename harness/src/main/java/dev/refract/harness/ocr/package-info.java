/// PP-OCRv6 through DJL: finds text, straightens it, reads it and puts it in reading order.
@NullMarked
package dev.refract.harness.ocr;

import org.jspecify.annotations.NullMarked;
