/// Decides whether a candidate may replace a baseline: a policy, its checks, a verdict.
@NullMarked
package dev.refract.reports.gate;

import org.jspecify.annotations.NullMarked;
