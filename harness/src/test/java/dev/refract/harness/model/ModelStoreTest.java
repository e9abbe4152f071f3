package dev.refract.harness.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.ModelManifest.HubFile;
import dev.refract.manifest.ModelManifest.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

  private static final byte[] WEIGHTS = new byte[300_000];

  static {
    new Random(5).nextBytes(WEIGHTS);
  }

  @TempDir private Path folder;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private volatile int cutAfter = Integer.MAX_VALUE;
  private @org.jspecify.annotations.Nullable HttpServer hub;

  @BeforeEach
  void start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
    hub = server;
  }

  @AfterEach
  void stop() {
    if (hub != null) {
      hub.stop(0);
    }
  }

  @Test
  void weightsAreFetchedVerifiedAndTheLicenceIsShown() throws Exception {
    Path file = store().fetch(model(Sha256.of(WEIGHTS)));
    assertThat(Files.readAllBytes(file)).isEqualTo(WEIGHTS);
    assertThat(requests).containsExactly("/some/repo/resolve/abc/weights.gguf from the start");
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("licence MIT");
    store().fetch(model(Sha256.of(WEIGHTS)));
    assertThat(requests).hasSize(1);
  }

  @Test
  void aDownloadThatWasCutGoesOnWhereItStopped() throws Exception {
    cutAfter = 100_000;
    assertThatThrownBy(() -> store().fetch(model(Sha256.of(WEIGHTS))))
        .isInstanceOf(ModelUnavailableException.class);
    cutAfter = Integer.MAX_VALUE;
    Path file = store().fetch(model(Sha256.of(WEIGHTS)));
    assertThat(Files.readAllBytes(file)).isEqualTo(WEIGHTS);
    assertThat(requests.getLast()).contains("bytes=").doesNotContain("bytes=0-");
  }

  @Test
  void theWrongBytesAreRefusedAndNotKept() {
    ModelManifest other = model("0".repeat(64));
    assertThatThrownBy(() -> store().fetch(other))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("SHA-256 is " + Sha256.of(WEIGHTS))
        .hasMessageContaining("--answerer openai:");
    assertThat(store().has(other)).isFalse();
    assertThat(store().file(other)).doesNotExist();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    requests.add(exchange.getRequestURI() + (range == null ? " from the start" : " " + range));
    byte[] rest = Arrays.copyOfRange(WEIGHTS, from, WEIGHTS.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    exchange.getResponseBody().write(rest, 0, Math.min(rest.length, cutAfter));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private ModelStore store() {
    String endpoint = "http://127.0.0.1:" + (hub == null ? 0 : hub.getAddress().getPort());
    return new ModelStore(
        folder,
        Map.of("HF_ENDPOINT", endpoint),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private static ModelManifest model(String sha256) {
    return new ModelManifest(
        "tiny",
        "Tiny",
        "MIT",
        "https://example.org",
        "weights.gguf",
        WEIGHTS.length,
        sha256,
        List.of(new Source(new HubFile("some/repo", "abc", "weights.gguf"), null)));
  }
}
