package dev.refract.harness.net;

import java.net.URI;
import java.util.Arrays;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Sends each request through the proxy that {@link ProxyRules} name for it.
public final class EnvironmentRoutePlanner extends DefaultRoutePlanner {

  private final ProxyRules rules;

  public EnvironmentRoutePlanner(ProxyRules rules) {
    super(null);
    this.rules = rules;
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
    return rules
        .proxyFor(target.getSchemeName(), target.getHostName(), target.getPort())
        .map(EnvironmentRoutePlanner::host)
        .orElse(null);
  }

  /// The user names and passwords in the proxies' addresses.
  public static CredentialsProvider credentials(ProxyRules rules) {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    for (URI proxy : Arrays.asList(rules.http(), rules.https())) {
      if (proxy != null && proxy.getUserInfo() != null) {
        String[] parts = proxy.getUserInfo().split(":", 2);
        credentials.setCredentials(
            new AuthScope(host(proxy)),
            new UsernamePasswordCredentials(
                parts[0], (parts.length > 1 ? parts[1] : "").toCharArray()));
      }
    }
    return credentials;
  }

  private static HttpHost host(URI proxy) {
    int port =
        proxy.getPort() >= 0 ? proxy.getPort() : proxy.getScheme().equals("https") ? 443 : 80;
    return new HttpHost(proxy.getScheme(), proxy.getHost(), port);
  }
}
