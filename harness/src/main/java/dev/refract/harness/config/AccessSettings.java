package dev.refract.harness.config;

import dev.refract.harness.config.ModelSpec.AccessSpec;
import dev.refract.harness.net.Access;
import dev.refract.harness.net.Connections;
import dev.refract.harness.net.Network;
import dev.refract.harness.net.ProxyRules;
import dev.refract.harness.text.Secrets;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a server is reached, from a user's settings and the environment.
///
/// @param addresses base URLs
record AccessSettings(
    AccessSpec spec, Provider provider, List<String> addresses, Map<String, String> environment) {

  static final String BASE_URL_VARIABLE = "OPENAI_BASE_URL";
  private static final String KEY_VARIABLE = "OPENAI_API_KEY";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?");

  Access access() {
    Map<String, String> query = new LinkedHashMap<>(provider.query());
    query.putAll(resolved("query", spec.query()));
    String header = spec.apiKeyHeader() == null ? provider.apiKeyHeader() : spec.apiKeyHeader();
    return new Access(
        key(),
        header == null ? null : token("api_key_header", header),
        headers(),
        Map.copyOf(query),
        network());
  }

  private Network network() {
    try {
      Network usual = Network.of(environment);
      Network network =
          new Network(
              usual.proxies(),
              spec.caBundle() == null ? usual.caBundle() : Path.of(spec.caBundle()),
              spec.clientCertificate() == null ? null : Path.of(spec.clientCertificate()),
              spec.clientKey() == null ? null : Path.of(spec.clientKey()),
              spec.verify() == null || spec.verify());
      Connections.check(network);
      return network;
    } catch (IllegalArgumentException e) {
      throw new ManifestException(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    resolved("headers", spec.headers())
        .forEach((name, value) -> headers.put(token("headers", name), value));
    return Map.copyOf(headers);
  }

  private static String token(String key, String name) {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
      throw new ManifestException("%s: expected the name of a header".formatted(key));
    }
    return name;
  }

  /// The values with variables replaced; no message repeats a value.
  private Map<String, String> resolved(String key, @Nullable Map<String, String> values) {
    Map<String, String> resolved = new LinkedHashMap<>();
    if (values != null) {
      values.forEach((name, value) -> {
        String text = value == null ? "" : substituted(key + "." + name, value).strip();
        if (!text.matches("[ -~]*")) {
          throw new ManifestException(
              "%s.%s: expected printable ASCII characters".formatted(key, name));
        }
        resolved.put(name, text);
      });
    }
    return resolved;
  }

  private String substituted(String key, String value) {
    Matcher variable = VARIABLE.matcher(value);
    StringBuilder text = new StringBuilder();
    while (variable.find()) {
      String found = environment.get(variable.group(1));
      if (found == null) {
        throw new ManifestException(
            "%s: the environment variable %s is not set".formatted(key, variable.group(1)));
      }
      variable.appendReplacement(text, Matcher.quoteReplacement(found.strip()));
    }
    return variable.appendTail(text).toString();
  }

  private @Nullable String key() {
    String name = spec.apiKeyEnv();
    if (name == null) {
      return usualKey();
    }
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,99}") || Secrets.looksLikeKey(name)) {
      throw new ManifestException(
          "api_key_env: expected the name of an environment variable, not a key itself");
    }
    String key = environment.get(name);
    if (key == null || key.isBlank()) {
      throw new ManifestException(
          "api_key_env: the environment variable %s is not set".formatted(name));
    }
    return checked("api_key_env", name, key);
  }

  /// The key in the provider's own variable. `OPENAI_API_KEY` is also for the server that
  /// `OPENAI_BASE_URL` names and for one on this machine, never for a stranger's.
  private @Nullable String usualKey() {
    String own = provider.apiKeyEnv();
    String name = own != null ? own : isOurs() ? KEY_VARIABLE : null;
    String key = name == null ? null : environment.get(name);
    return name == null || key == null || key.isBlank() ? null : checked(name, name, key);
  }

  private boolean isOurs() {
    String named = environment.get(BASE_URL_VARIABLE);
    return addresses.stream()
        .allMatch(address -> {
          String host = URI.create(address).getHost();
          return address.equals(named) || host != null && ProxyRules.isLoopback(host);
        });
  }

  private static String checked(String where, String name, String key) {
    String trimmed = key.strip(); // files of keys end in a line feed
    if (!trimmed.matches("[!-~]+")) {
      throw new ManifestException(
          "%s: the value of %s contains blanks, line feeds or other characters that no header can contain"
              .formatted(where, name));
    }
    return trimmed;
  }
}
