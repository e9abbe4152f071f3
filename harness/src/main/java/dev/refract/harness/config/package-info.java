/// What a user asks for: a YAML file or flags, and the captioners and answerers made from it.
@NullMarked
package dev.refract.harness.config;

import org.jspecify.annotations.NullMarked;
