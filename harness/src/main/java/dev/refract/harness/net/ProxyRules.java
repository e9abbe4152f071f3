package dev.refract.harness.net;

import dev.refract.manifest.ManifestException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which proxy leads to an address, by the variables that curl, pip and the OpenAI libraries read:
/// `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in either case. As in Go, this machine
/// is never reached through a proxy.
///
/// @param http for `http` addresses, or null
/// @param https for `https` addresses, or null
/// @param direct patterns of hosts that are reached without a proxy
public record ProxyRules(@Nullable URI http, @Nullable URI https, List<String> direct) {

  public static final ProxyRules NONE = new ProxyRules(null, null, List.of());

  /// @throws ManifestException when a variable holds no address of an HTTP proxy; the message does
  ///   not repeat it, since it may contain a password
  public static ProxyRules of(Map<String, String> environment) {
    URI all = proxy(environment, "all_proxy");
    URI http = proxy(environment, "http_proxy");
    URI https = proxy(environment, "https_proxy");
    List<String> direct = new ArrayList<>();
    String listed = value(environment, "no_proxy");
    for (String entry : listed == null ? new String[0] : listed.split("[,\\s]+")) {
      if (!entry.isEmpty()) {
        direct.add(entry.toLowerCase(Locale.ROOT));
      }
    }
    return new ProxyRules(
        http == null ? all : http, https == null ? all : https, List.copyOf(direct));
  }

  private static @Nullable String value(Map<String, String> environment, String name) {
    String lower = environment.get(name);
    String value =
        lower == null || lower.isBlank() ? environment.get(name.toUpperCase(Locale.ROOT)) : lower;
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable URI proxy(Map<String, String> environment, String name) {
    String value = value(environment, name);
    if (value == null) {
      return null;
    }
    try {
      URI uri = URI.create(value.contains("://") ? value : "http://" + value);
      if (List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // reported below
    }
    throw new ManifestException(
        "%s: expected the address of an HTTP proxy, such as http://proxy:3128"
            .formatted(name.toUpperCase(Locale.ROOT)));
  }

  /// The proxy for an address; empty to connect directly.
  public Optional<URI> proxyFor(String scheme, String host, int port) {
    URI proxy = scheme.equalsIgnoreCase("https") ? https : http;
    String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "").replaceFirst("\\.$", "");
    boolean isDirect = isLoopback(name) || direct.stream().anyMatch(p -> matches(p, name, port));
    return isDirect ? Optional.empty() : Optional.ofNullable(proxy);
  }

  /// Whether a host name means this machine.
  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.equals("::1");
  }

  /// Whether an entry of `NO_PROXY` covers a host: `*`, a name and all below it, with or without a
  /// dot or `*.` before it, an address, a block of addresses, each with or without a port.
  private static boolean matches(String entry, String host, int port) {
    String pattern = entry;
    int colon = pattern.lastIndexOf(':');
    if (colon > 0
        && pattern.indexOf(':') == colon
        && pattern.substring(colon + 1).matches("\\d+")) {
      if (!pattern.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      pattern = pattern.substring(0, colon);
    }
    pattern = pattern.replaceAll("^\\[|]$", "");
    if (pattern.equals("*")) {
      return true;
    } else if (pattern.contains("/")) {
      return isInBlock(pattern, host);
    }
    String name = pattern.replaceFirst("^\\*?\\.", "");
    return host.equals(name) || host.endsWith("." + name);
  }

  private static boolean isInBlock(String block, String host) {
    if (!host.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
      return false; // a name; it is not looked up to decide this
    }
    try {
      byte[] base = InetAddress.getByName(block.substring(0, block.indexOf('/'))).getAddress();
      byte[] at = InetAddress.getByName(host).getAddress();
      int bits = Integer.parseInt(block.substring(block.indexOf('/') + 1));
      int shift = 8 * base.length - bits;
      return base.length == at.length
          && shift >= 0
          && bits >= 0
          && new BigInteger(1, base)
              .shiftRight(shift)
              .equals(new BigInteger(1, at).shiftRight(shift));
    } catch (UnknownHostException | NumberFormatException _) {
      return false;
    }
  }
}
