package dev.refract.harness.net;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The HTTP clients of the process (HTTP/1.1), one for each {@link Network}. They do not limit the
/// number of connections: the callers limit the requests in flight.
///
/// Idle connections are closed before uvicorn's five seconds are over, and before the time that the
/// server announces. No redirect is followed.
public final class Connections {

  private static final int MAX_CONNECTIONS = 65_536;
  private static final TimeValue KEPT = TimeValue.ofSeconds(4);
  private static final long KEEP_ALIVE_MARGIN_MILLIS = 1_000;

  // Far more than any server sends; a line without an end must not fill the memory.
  private static final int MAX_HEADER_LINE = 64 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final int MAX_EMPTY_LINES = 10;

  private static final Map<Network, CloseableHttpClient> CLIENTS = new ConcurrentHashMap<>();

  private Connections() {}

  /// Sends a request. Sends it once more if the server had closed the reused connection meanwhile,
  /// which is not a failure of the request.
  public static <T> T execute(
      Network network, HttpUriRequestBase request, HttpClientResponseHandler<T> handler)
      throws IOException {
    CloseableHttpClient client = CLIENTS.computeIfAbsent(network, Connections::client);
    while (true) {
      try {
        return once(client, request, handler);
      } catch (CleanConnections.UnaskedBytesException e) {
        if (request.isAborted()) {
          throw e;
        } // else the next connection: each one that is not clean is closed, so this ends
      }
    }
  }

  private static <T> T once(
      CloseableHttpClient client, HttpUriRequestBase request, HttpClientResponseHandler<T> handler)
      throws IOException {
    try {
      return client.execute(request, handler);
    } catch (CleanConnections.UnaskedBytesException e) {
      throw e;
    } catch (NoHttpResponseException e) {
      if (request.isAborted()) {
        throw e;
      }
      try {
        return client.execute(request, handler);
      } catch (ConnectException gone) {
        e.addSuppressed(gone); // it did not close an idle connection, but died of this request
        throw e;
      }
    }
  }

  /// Reads the files of a network's certificates.
  ///
  /// @throws IllegalArgumentException when one is not what it must be
  public static void check(Network network) {
    CLIENTS.computeIfAbsent(network, Connections::client);
  }

  /// Connections that refuse a head of more or longer lines than any server sends.
  public static ManagedHttpClientConnectionFactory limited() {
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(
            Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxEmptyLineCount(MAX_EMPTY_LINES)
                .build())
        .build();
  }

  private static CloseableHttpClient client(Network network) {
    return HttpClients.custom()
        .setRoutePlanner(new EnvironmentRoutePlanner(network.proxies()))
        .setDefaultCredentialsProvider(EnvironmentRoutePlanner.credentials(network.proxies()))
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(Certificates.strategy(network))
                .setConnectionFactory(limited())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionKeepAlive(KEPT)
                .setResponseTimeout(Timeout.DISABLED) // Watchdog limits the time
                .build())
        .setKeepAliveStrategy((response, context) -> {
          TimeValue said =
              DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
          long kept =
              Math.min(KEPT.toMilliseconds(), said.toMilliseconds() - KEEP_ALIVE_MARGIN_MILLIS);
          return TimeValue.ofMilliseconds(
              said.getDuration() <= 0 || said.equals(KEPT)
                  ? KEPT.toMilliseconds()
                  : Math.max(1, kept));
        })
        .setRequestExecutor(new CleanConnections())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .setUserAgent("refract")
        .build();
  }
}
