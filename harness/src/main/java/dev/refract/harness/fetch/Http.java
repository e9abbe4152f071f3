package dev.refract.harness.fetch;

import dev.refract.harness.net.Certificates;
import dev.refract.harness.net.CleanConnections;
import dev.refract.harness.net.Connections;
import dev.refract.harness.net.EnvironmentRoutePlanner;
import dev.refract.harness.net.Network;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.net.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Sends GET requests. It follows redirects itself, so that a token never reaches another host.
/// Proxies and certificate authorities are those of the environment.
final class Http implements AutoCloseable {

  private static final int MAX_REDIRECTS = 5;
  private static final Timeout SILENCE = Timeout.ofSeconds(30);

  /// Until the head of a response is whole, even if it comes byte by byte.
  private static final Duration HEAD = Duration.ofSeconds(60);

  private final CloseableHttpClient client;

  /// @param connections maximum number of open connections
  Http(int connections, Network network) {
    client =
        HttpClients.custom()
            .setRoutePlanner(new EnvironmentRoutePlanner(network.proxies()))
            .setDefaultCredentialsProvider(EnvironmentRoutePlanner.credentials(network.proxies()))
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setTlsSocketStrategy(Certificates.strategy(network))
                    .setConnectionFactory(Connections.limited())
                    .setMaxConnPerRoute(connections)
                    .setMaxConnTotal(2 * connections)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.ofSeconds(10))
                            .setSocketTimeout(SILENCE)
                            .build())
                    .build())
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(SILENCE).build())
            .setRequestExecutor(new CleanConnections())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .setUserAgent("refract")
            .build();
  }

  /// The first response that is not a redirect. The caller must close it.
  ///
  /// @param token sent to the first address's host only, or null
  Reply get(URI address, @Nullable String token, Map<String, String> headers) throws IOException {
    URI at = address;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpGet request = new HttpGet(at);
      headers.forEach(request::setHeader);
      if (token != null && sameOrigin(at, address)) {
        request.setHeader("Authorization", "Bearer " + token);
      }
      Reply reply;
      try (Watchdog _ = new Watchdog(request, Timeouts.of(HEAD))) {
        reply = new Reply(request, client.executeOpen(null, request, null));
      }
      if (reply.code() < 300 || reply.code() > 399 || reply.code() == 304) {
        return reply;
      }
      String location = reply.header("Location");
      reply.close();
      at = next(address, at, location);
    }
    throw new FetchException(address + ": more than " + MAX_REDIRECTS + " redirects");
  }

  private static URI next(URI address, URI at, String location) throws FetchException {
    URI next;
    try {
      next = at.resolve(location);
    } catch (IllegalArgumentException _) {
      throw new FetchException(address + ": redirects to an invalid address '" + location + "'");
    }
    boolean web = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
    if (location.isEmpty() || !web || next.getHost() == null || next.getPort() > 65_535) {
      throw new FetchException(address + ": redirects to an invalid address '" + location + "'");
    } else if ("https".equals(at.getScheme()) && !"https".equals(next.getScheme())) {
      throw new FetchException(address + ": redirects from https to " + next + "; refused");
    }
    return next;
  }

  private static boolean sameOrigin(URI a, URI b) {
    return a.getScheme().equals(b.getScheme())
        && a.getHost().equalsIgnoreCase(b.getHost())
        && a.getPort() == b.getPort();
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException _) {
      // the response has been read already
    }
  }
}
