package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.Sampling;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are no HTTP, or not what their header says: each ends its own request only, and none
/// tells the key.
@Timeout(60)
class HostileServerTest {

  private static final String KEY = "sk-SEEDEDKEY0123456789";
  private static final ChatRequest REQUEST = ChatRequest.of(null, "Why?", new Sampling(0, 1, 1, 9));

  /// Sends the same bytes to everyone.
  private static RequestException failure(String bytes) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, bytes, asked));
      try (ChatClient client =
          new ChatClient(
              new Endpoint("http://127.0.0.1:%d/v1".formatted(server.getLocalPort()), "m", KEY),
              new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)),
              1,
              Duration.ofSeconds(3))) {
        return catchThrowableOfType(RequestException.class, () -> client.send(REQUEST));
      }
    }
  }

  private static void serve(ServerSocket server, String bytes, AtomicInteger asked) {
    while (true) {
      try (Socket socket = server.accept();
          OutputStream out = socket.getOutputStream()) {
        asked.incrementAndGet();
        socket.getInputStream().readNBytes(20);
        out.write(bytes.getBytes(StandardCharsets.UTF_8));
        out.flush();
        Thread.sleep(100);
      } catch (IOException _) {
        if (server.isClosed()) {
          return;
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 000 Nothing\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 99999 Much\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "hello\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 16777215\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nBearer " + KEY + "\r\n",
        "HTTP/1.1 200 OK\r\nX: "
            + KEY
            + "\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u0001\u0002\u0003"
      })
  void what_is_no_reply_fails_its_request_and_tells_no_key(String bytes) throws Exception {
    RequestException failure = failure(bytes);
    assertThat(failure.failure().message()).isNotBlank().doesNotContain(KEY);
  }

  @Test
  void a_header_without_an_end_is_not_read_to_the_end() throws Exception {
    assertThat(failure("HTTP/1.1 200 OK\r\nX: " + "a".repeat(1 << 20))).isNotNull();
    assertThat(failure("HTTP/1.1 200 OK\r\n" + "X: a\r\n".repeat(5000))).isNotNull();
  }
}
