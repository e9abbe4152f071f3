/// The client of OpenAI-compatible chat servers.
@NullMarked
package dev.refract.harness.llm;

import org.jspecify.annotations.NullMarked;
