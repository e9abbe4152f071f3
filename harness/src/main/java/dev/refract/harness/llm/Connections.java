package dev.refract.harness.llm;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The only HTTP client of the process (HTTP/1.1). It does not limit the number of connections:
/// {@link AdaptiveSemaphore} limits the requests in flight.
///
/// Idle connections are closed before uvicorn's five seconds are over, and before the time that the
/// server announces. Requests go only to the endpoint: no proxy from the environment is used and no
/// redirect is followed.
final class Connections {

  private static final int MAX_CONNECTIONS = 65_536;
  private static final TimeValue KEPT = TimeValue.ofSeconds(4);
  private static final long KEEP_ALIVE_MARGIN_MILLIS = 1_000;

  private Connections() {}

  private static final CloseableHttpClient CLIENT = client();

  /// Sends a request. Sends it once more if the server had closed the reused connection meanwhile,
  /// which is not a failure of the request.
  static <T> T execute(HttpUriRequestBase request, HttpClientResponseHandler<T> handler)
      throws IOException {
    try {
      return CLIENT.execute(request, handler);
    } catch (NoHttpResponseException e) {
      if (request.isAborted()) {
        throw e;
      }
      return CLIENT.execute(request, handler);
    }
  }

  private static CloseableHttpClient client() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
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
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .setUserAgent("refract")
        .build();
  }
}
