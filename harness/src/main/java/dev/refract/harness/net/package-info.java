/// How servers are reached: connections, proxies, certificates, headers, time limits, and the
/// status pages of a server.
@NullMarked
package dev.refract.harness.net;

import org.jspecify.annotations.NullMarked;
