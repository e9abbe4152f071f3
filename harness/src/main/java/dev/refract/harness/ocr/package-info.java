/// PP-OCRv4 through DJL: text found, straightened, read and put in reading order.
@NullMarked
package dev.refract.harness.ocr;

import org.jspecify.annotations.NullMarked;
