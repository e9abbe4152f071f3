package dev.refract.harness.net;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// What every request to a server needs besides its address. None of it identifies a model, and
/// none of it is written to a file, a log or a message.
///
/// @param apiKey from the environment, or null
/// @param apiKeyHeader the header that holds the key; `Authorization: Bearer` when null
/// @param headers further headers, such as those of a gateway
/// @param query parameters of the address, such as Azure's `api-version`
public record Access(
    @Nullable String apiKey,
    @Nullable String apiKeyHeader,
    Map<String, String> headers,
    Map<String, String> query,
    Network network) {

  private static final int MIN_SECRET_CHARS = 12;

  /// A server on a direct connection that asks for nothing.
  public static final Access OPEN = new Access(null, null, Map.of(), Map.of(), Network.DIRECT);

  public static Access key(@Nullable String apiKey) {
    return new Access(apiKey, null, Map.of(), Map.of(), Network.DIRECT);
  }

  /// The same network without key, headers and query, for servers of other owners.
  public Access anonymous() {
    return new Access(null, null, Map.of(), Map.of(), network);
  }

  /// The text without the key and the values of headers, which a server may repeat in what it says;
  /// short ones may be ordinary words.
  public String withoutSecrets(@Nullable String text) {
    String safe = text == null ? "" : text;
    if (apiKey != null) {
      safe = without(apiKey, safe);
    }
    for (String value : headers.values()) {
      safe = without(value.substring(value.lastIndexOf(' ') + 1), safe); // after "Bearer"
    }
    return safe;
  }

  private static String without(String secret, String text) {
    return secret.length() < MIN_SECRET_CHARS ? text : text.replace(secret, "***");
  }

  /// Adds key and headers to a request.
  public void sign(HttpRequest request) {
    if (apiKey != null && apiKeyHeader != null) {
      request.setHeader(apiKeyHeader, apiKey);
    } else if (apiKey != null) {
      request.setHeader("Authorization", "Bearer " + apiKey);
    }
    headers.forEach(request::setHeader);
  }

  /// An address with the query parameters.
  public String address(String url) {
    StringBuilder whole = new StringBuilder(url);
    query.forEach((name, value) ->
        whole
            .append(whole.indexOf("?") < 0 ? '?' : '&')
            .append(encoded(name))
            .append('=')
            .append(encoded(value)));
    return whole.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Access to " + network; // never the key or a header
  }
}
