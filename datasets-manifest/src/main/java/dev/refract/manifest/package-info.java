/// Manifests that define the exact bytes of models and datasets, and the bundled mini suite.
@NullMarked
package dev.refract.manifest;

import org.jspecify.annotations.NullMarked;
