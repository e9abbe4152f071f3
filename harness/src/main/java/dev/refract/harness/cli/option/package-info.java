/// Options that several commands share.
@NullMarked
package dev.refract.harness.cli.option;

import org.jspecify.annotations.NullMarked;
