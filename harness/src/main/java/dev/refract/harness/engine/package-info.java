/// llama.cpp on this machine: where it is found, and a server of it that lives as long as this
/// process needs it.
@NullMarked
package dev.refract.harness.engine;

import org.jspecify.annotations.NullMarked;
