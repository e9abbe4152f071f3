/// Whether a candidate may take a baseline's place: a policy, its checks, a verdict.
@NullMarked
package dev.refract.reports.gate;

import org.jspecify.annotations.NullMarked;
