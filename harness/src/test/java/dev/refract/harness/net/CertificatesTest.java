package dev.refract.harness.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// A server with a certificate of a private authority, which also asks for one of the client.
@TestInstance(Lifecycle.PER_CLASS)
class CertificatesTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private Path folder;
  private HttpsServer server;
  private String address;
  private Path certificate;
  private Path key;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Path file = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    certificate = pem("CERTIFICATE", store.getCertificate("server").getEncoded());
    key = pem("PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", store.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();
    address = "https://localhost:%d/".formatted(server.getAddress().getPort());
  }

  private Path pem(String what, byte[] der) throws Exception {
    String text =
        "a comment\n-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(der), what);
    return Files.writeString(folder.resolve(what.replace(' ', '-') + ".pem"), text);
  }

  @AfterAll
  void stop() {
    server.stop(0);
  }

  private static Network network(
      @Nullable Path bundle, @Nullable Path client, @Nullable Path clientKey, boolean verify) {
    return new Network(ProxyRules.NONE, bundle, client, clientKey, verify);
  }

  private ServerProbe.Page page(
      @Nullable Path bundle, @Nullable Path client, @Nullable Path clientKey, boolean verify)
      throws InterruptedException {
    Network network = network(bundle, client, clientKey, verify);
    return ServerProbe.get(
        address, new Access(null, null, Map.of(), Map.of(), network), Duration.ofSeconds(10));
  }

  @Test
  void with_its_authority_and_a_client_certificate_the_server_is_reached() throws Exception {
    assertThat(page(certificate, certificate, key, true).text()).isEqualTo("ok");
  }

  @Test
  void without_the_authority_it_is_not_trusted() throws Exception {
    assertThat(page(null, certificate, key, true).status()).isZero();
  }

  @Test
  void without_a_client_certificate_it_refuses() throws Exception {
    assertThat(page(certificate, null, null, true).status()).isZero();
  }

  @Test
  void without_verification_any_certificate_is_accepted() throws Exception {
    assertThat(page(null, certificate, key, false).text()).isEqualTo("ok");
  }

  @Test
  void a_file_that_is_no_key_or_certificate_is_named() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    assertThatThrownBy(() -> Connections.check(network(text, null, null, true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("text.pem");
    assertThatThrownBy(() -> Connections.check(network(certificate, certificate, text, true)))
        .hasMessageContaining("openssl pkcs8");
  }
}
