package dev.refract.harness.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.Nullable;

/// Reads PEM files into the TLS settings of connections.
public final class Certificates {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = new char[0];

  private Certificates() {}

  /// @throws IllegalArgumentException when a file cannot be read or is not PEM, naming it
  public static TlsSocketStrategy strategy(Network network) {
    return new DefaultClientTlsStrategy(
        context(network),
        network.verify()
            ? HttpsSupport.getDefaultHostnameVerifier()
            : NoopHostnameVerifier.INSTANCE);
  }

  private static SSLContext context(Network network) {
    try {
      SSLContextBuilder builder = SSLContexts.custom();
      if (!network.verify()) {
        builder.loadTrustMaterial(null, (chain, type) -> true);
      } else if (network.caBundle() != null) {
        builder.loadTrustMaterial(trusted(network.caBundle()), null);
      }
      Path certificate = network.clientCertificate();
      if (certificate != null) {
        Path key = network.clientKey() == null ? certificate : network.clientKey();
        KeyStore store = empty();
        store.setKeyEntry(
            "client", key(key), NO_PASSWORD, read(certificate).toArray(Certificate[]::new));
        builder.loadKeyMaterial(store, NO_PASSWORD);
      }
      return builder.build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /// Java's own certificate authorities and those of a file.
  private static KeyStore trusted(Path bundle) throws GeneralSecurityException, IOException {
    TrustManagerFactory usual =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    usual.init((KeyStore) null);
    KeyStore store = empty();
    int number = 0;
    for (TrustManager manager : usual.getTrustManagers()) {
      if (manager instanceof X509TrustManager known) {
        for (X509Certificate issuer : known.getAcceptedIssuers()) {
          store.setCertificateEntry("java-" + number++, issuer);
        }
      }
    }
    for (Certificate one : read(bundle)) {
      store.setCertificateEntry("bundle-" + number++, one);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> read(Path file) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException _) {
      // reported below
    }
    throw new IllegalArgumentException(file + ": expected certificates in PEM form, found none");
  }

  private static PrivateKey key(Path file) throws GeneralSecurityException {
    Matcher pem = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
    if (pem.find()) {
      byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
      for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
        PrivateKey key = key(algorithm, der);
        if (key != null) {
          return key;
        }
      }
    }
    throw new IllegalArgumentException(
        "%s: expected an unencrypted 'BEGIN PRIVATE KEY'; convert other forms with: openssl pkcs8 -topk8 -nodes"
            .formatted(file));
  }

  private static @Nullable PrivateKey key(String algorithm, byte[] der)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (java.security.spec.InvalidKeySpecException _) {
      return null;
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
