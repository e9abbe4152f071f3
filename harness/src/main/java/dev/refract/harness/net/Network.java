package dev.refract.harness.net;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How this machine reaches servers. Equal values share connections.
///
/// @param caBundle PEM file of certificate authorities that are trusted besides Java's own, or null
/// @param clientCertificate PEM file with this client's certificate, or null
/// @param clientKey PEM file with its key; the certificate's file when null
/// @param verify whether a server's certificate is checked
public record Network(
    ProxyRules proxies,
    @Nullable Path caBundle,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    boolean verify) {

  /// Direct connections with Java's own certificate authorities.
  public static final Network DIRECT = new Network(ProxyRules.NONE, null, null, null, true);

  /// What the environment says: the variables of {@link ProxyRules}, and the file of certificate
  /// authorities in `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE` or `CURL_CA_BUNDLE`.
  ///
  /// @throws dev.refract.manifest.ManifestException when a proxy's address is invalid
  public static Network of(Map<String, String> environment) {
    Path bundle =
        Stream.of("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
            .map(environment::get)
            .filter(file -> file != null && !file.isBlank())
            .findFirst()
            .map(Path::of)
            .orElse(null);
    return new Network(ProxyRules.of(environment), bundle, null, null, true);
  }
}
