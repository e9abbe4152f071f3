package dev.refract.harness.llm;

import dev.refract.harness.net.ProxyRules;
import dev.refract.reports.result.FailureKind;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/// Says why a request got no response, and what to do about it.
final class ConnectionFailure {

  private ConnectionFailure() {}

  static AttemptResult of(Endpoint endpoint, String baseUrl, Exception e) {
    // The message of a parser may repeat what the server sent, such as the key.
    String reason = endpoint.secrets().redacted(String.valueOf(e.getMessage()));
    return switch (e) {
      case UnknownHostException _ ->
          AttemptResult.unreachable(
              "unknown host %s%s".formatted(reason, proxy(endpoint, baseUrl)));
      case SSLException _ when isCertificate(e) ->
          AttemptResult.failed(
              FailureKind.DENIED,
              "the certificate of %s is not trusted (%s); name its certificate authority with ca_bundle or SSL_CERT_FILE"
                  .formatted(baseUrl, reason),
              false);
      case ConnectException _, NoRouteToHostException _, ConnectTimeoutException _ ->
          AttemptResult.unreachable(
              "no connection to %s at %s: %s".formatted(endpoint.model(), baseUrl, reason));
      case RuntimeException _ ->
          AttemptResult.failed(
              FailureKind.PROTOCOL,
              "%s at %s sent what is not HTTP: %s".formatted(endpoint.model(), baseUrl, reason),
              true);
      default ->
          AttemptResult.failed(
              FailureKind.CONNECTION,
              "no answer from %s at %s: %s".formatted(endpoint.model(), baseUrl, reason),
              true);
    };
  }

  private static boolean isCertificate(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathBuilderException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  private static String proxy(Endpoint endpoint, String baseUrl) {
    ProxyRules proxies = endpoint.access().network().proxies();
    URI uri = URI.create(baseUrl);
    return proxies.proxyFor(uri.getScheme(), uri.getHost(), uri.getPort()).isPresent()
        ? " (asked through a proxy)"
        : "; if only a proxy reaches it, set HTTPS_PROXY or HTTP_PROXY";
  }
}
