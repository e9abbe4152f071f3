package dev.refract.harness.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages over real sockets, as browsers and attackers ask for them.
class SiteServerTest {

  @TempDir private Path folder;
  private SiteServer server;

  @BeforeEach
  void start() throws IOException {
    Path site = Files.createDirectories(folder.resolve("site/runs/a"));
    Files.writeString(folder.resolve("secret"), "TOPSECRET");
    Files.writeString(site.resolve("index.html"), "run");
    Files.writeString(folder.resolve("site/index.html"), "0123456789");
    Files.writeString(folder.resolve("site/empty.css"), "");
    Files.writeString(folder.resolve("site/.hidden"), "TOPSECRET");
    Files.createSymbolicLink(folder.resolve("site/link.html"), folder.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("site/up"), folder);
    server = SiteServer.start(folder.resolve("site"), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(8_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path, String... headers) throws IOException {
    return ask(
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n%s\r\n"
            .formatted(
                path,
                server.port(),
                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n"));
  }

  @Test
  void pagesAreServedWithTheirTypes() throws IOException {
    assertThat(get("/"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-type: text/html; charset=utf-8")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .endsWith("\r\n\r\n0123456789");
    assertThat(get("/runs/a/")).endsWith("\r\n\r\nrun");
    assertThat(get("/runs/a")).startsWith("HTTP/1.1 301").containsIgnoringCase("location: ./a/");
    assertThat(get("/empty.css")).startsWith("HTTP/1.1 200").containsIgnoringCase("text/css");
    assertThat(get("/nothing")).startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, 421",
    "evil.example:8080, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "'', 421",
    "localhost, 200",
    "LOCALHOST:8080, 200",
    "127.0.0.1:8080, 200",
    "[::1]:8080, 200",
  })
  void onlyRequestsForThisMachineAreAnswered(String host, int code) throws IOException {
    assertThat(ask("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + code);
  }

  @Test
  void aClientOfTheOldProtocolNeedsNoHost() throws IOException {
    assertThat(ask("GET / HTTP/1.0\r\n\r\n")).contains(" 200").endsWith("0123456789");
  }

  @Test
  void aRequestThatNamesNoOrSeveralHostsIsNotAnswered() throws IOException {
    assertThat(ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).doesNotContain(" 200");
    assertThat(
            ask(
                "GET / HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Host: evil.example\r\n"
                    + "Connection: close\r\n\r\n"))
        .doesNotContain(" 200");
    assertThat(
            ask(
                "GET http://evil.example/ HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Connection: close\r\n\r\n"))
        .doesNotContain(" 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret",
        "/%2e%2e/secret",
        "/runs/../../secret",
        "/..%2fsecret",
        "/..%5csecret",
        "/link.html",
        "/up/secret",
        "/.hidden",
        "//etc/passwd",
        "/%00",
        "/index.html%00.png",
      })
  void nothingOutsideOfTheSiteIsServed(String path) throws IOException {
    assertThat(get(path)).doesNotContain("TOPSECRET", "root:").doesNotContain(" 200 ");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, bytes 0-3/10, 0123",
    "bytes=7-, 206, bytes 7-9/10, 789",
    "bytes=-2, 206, bytes 8-9/10, 89",
    "bytes=5-99, 206, bytes 5-9/10, 56789",
    "bytes=10-, 416, bytes */10, ''",
    "bytes=-0, 416, bytes */10, ''",
    "'bytes=0-1,3-4', 200, '', 0123456789",
    "bytes=4-2, 200, '', 0123456789",
    "lines=1-2, 200, '', 0123456789",
  })
  void aPartOfAFileIsServed(String range, int code, String content, String body)
      throws IOException {
    String answer = get("/", "Range: " + range);
    assertThat(answer).startsWith("HTTP/1.1 " + code);
    if (!content.isEmpty()) {
      assertThat(answer).containsIgnoringCase("content-range: " + content);
    }
    if (!body.isEmpty()) {
      assertThat(answer).endsWith("\r\n\r\n" + body);
    }
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws IOException {
    String answer = ask("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-length: 10")
        .endsWith("\r\n\r\n");
    assertThat(
            ask(
                "POST / HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Content-Length: 0\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .containsIgnoringCase("allow: GET, HEAD");
  }

  @Test
  void clientsThatSendOneByteHoldUpNobody() throws IOException {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write('G');
        held.add(socket);
      }
      assertThat(get("/")).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }
}
