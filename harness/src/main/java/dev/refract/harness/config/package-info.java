/// Configuration: YAML file or flags, and the captioners and answerers created from them.
@NullMarked
package dev.refract.harness.config;

import org.jspecify.annotations.NullMarked;
