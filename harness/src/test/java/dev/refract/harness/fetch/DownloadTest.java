package dev.refract.harness.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.refract.harness.fetch.Download.Wanted;
import dev.refract.harness.fetch.LoopbackHub.Fault;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

  private static final byte[] FILE = new byte[20 << 20];
  private static final Retries QUICK =
      new Retries(4, 2, Duration.ofMillis(1), Duration.ofMillis(5));

  static {
    new Random(3).nextBytes(FILE);
  }

  @TempDir private Path folder;

  @Test
  void aFileOfKnownSizeIsFetchedInRangesAndVerified() throws Exception {
    try (LoopbackHub hub = hub()) {
      fetch(hub, FILE.length, Checksum.sha256(Sha256.of(FILE)));
      assertThat(target()).hasBinaryContent(FILE);
      assertThat(hub.bytesSent()).isEqualTo(FILE.length);
      assertThat(hub.requests()).hasSizeGreaterThan(2);
      assertNothingElseIsLeft();
    }
  }

  /// Interrupts a download of twenty megabytes five times; the last attempt fetches only the rest.
  @Test
  void aDownloadThatFailedFiveTimesFetchesOnlyTheMissingBytes() throws Exception {
    try (LoopbackHub hub = hub()) {
      Random random = new Random(11);
      for (int life = 0; life < 5; life++) {
        AtomicInteger left = new AtomicInteger(1 + random.nextInt(3_000_000));
        // After these bytes the server sends only errors, so the client gives up.
        hub.faults(_ -> {
          int now = left.getAndSet(0);
          return now > 0 ? Fault.cut(now) : Fault.status(503);
        });
        assertThatThrownBy(() -> fetch(hub, FILE.length, Checksum.sha256(Sha256.of(FILE))))
            .isInstanceOf(FetchException.class)
            .hasMessageContaining("503");
        assertThat(target()).doesNotExist();
      }
      Checksum checksum = Checksum.sha256(Sha256.of(FILE));
      long have;
      try (ByteRanges noted =
          ByteRanges.open(folder.resolve("file.ranges"), FILE.length, checksum.toString())) {
        have = noted.bytes();
      }
      assertThat(have).isGreaterThan(0);
      int asked = hub.requests().size();
      hub.faults(_ -> Fault.NONE);
      fetch(hub, FILE.length, checksum);
      assertThat(target()).hasBinaryContent(FILE);
      assertThat(
              hub.requests().subList(asked, hub.requests().size()).stream()
                  .map(request -> request.range().replace("bytes=", "").split("-", -1))
                  .mapToLong(ends -> Long.parseLong(ends[1]) + 1 - Long.parseLong(ends[0]))
                  .sum())
          .as("bytes requested in the last attempt")
          .isEqualTo(FILE.length - have);
      assertNothingElseIsLeft();
    }
  }

  /// Without an expected checksum, the server's ETag distinguishes two versions of a file.
  @Test
  void bytesOfTwoVersionsAreNeverMixed() throws Exception {
    byte[] other = new byte[FILE.length];
    try (LoopbackHub hub = hub()) {
      AtomicInteger left = new AtomicInteger(3);
      hub.faults(_ -> left.getAndDecrement() > 0 ? Fault.cut(1_000_000) : Fault.status(503));
      assertThatThrownBy(() -> fetch(hub, -1, null)).isInstanceOf(FetchException.class);
      hub.put("files", "x", other);
      hub.faults(_ -> Fault.NONE);
      fetch(hub, -1, null);
      assertThat(target()).hasBinaryContent(other);
    }
  }

  @Test
  void repeatedlyCutConnectionsStillDeliverTheFile() throws Exception {
    try (LoopbackHub hub = hub()) {
      hub.faults(_ -> Fault.cut(700_001));
      fetch(hub, -1, new Checksum(Checksum.Kind.MD5, md5()));
      assertThat(target()).hasBinaryContent(FILE);
    }
  }

  @Test
  void aServerWithoutRangesSendsTheWholeFile() throws Exception {
    try (LoopbackHub hub = hub()) {
      hub.faults(_ -> new Fault(0, "", Integer.MAX_VALUE, 0, false, -1));
      fetch(hub, FILE.length, Checksum.sha256(Sha256.of(FILE)));
      assertThat(target()).hasBinaryContent(FILE);
    }
  }

  @Test
  void aCutTransferWithoutRangesIsRetriedFromTheStart() throws Exception {
    try (LoopbackHub hub = hub()) {
      AtomicInteger asked = new AtomicInteger();
      hub.faults(_ ->
          new Fault(
              0, "", asked.getAndIncrement() < 3 ? 900_000 : Integer.MAX_VALUE, 0, false, -1));
      fetch(hub, FILE.length, Checksum.sha256(Sha256.of(FILE)));
      assertThat(target()).hasBinaryContent(FILE);
      assertNothingElseIsLeft();
    }
  }

  @Test
  void wrongBytesAreRejectedAndDeleted() throws Exception {
    try (LoopbackHub hub = hub()) {
      assertThatThrownBy(() -> fetch(hub, FILE.length, Checksum.sha256("0".repeat(64))))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("sha256:" + Sha256.of(FILE))
          .hasMessageContaining("expected sha256:000");
      assertNothingElseIsLeft();
    }
  }

  @Test
  void aFileThatGrewOnTheServerIsRejected() throws Exception {
    try (LoopbackHub hub = hub()) {
      hub.faults(_ -> new Fault(0, "", Integer.MAX_VALUE, 0, true, FILE.length + 1));
      assertThatThrownBy(() -> fetch(hub, FILE.length, null))
          .hasMessageContaining("the server has " + (FILE.length + 1) + " bytes")
          .hasMessageContaining("has changed on the server");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void aRefusalIsReportedAtOnceWithTheRemedy(int status) throws Exception {
    try (LoopbackHub hub = hub()) {
      hub.faults(_ -> Fault.status(status));
      assertThatThrownBy(() -> fetch(hub, FILE.length, null))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("answered " + status)
          .satisfies(e -> {
            if (status < 405) {
              assertThat(e).hasMessageContaining("HF_TOKEN");
            }
          });
      assertThat(hub.requests()).hasSizeLessThanOrEqualTo(8); // one for each connection
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void aTransientErrorIsRetried(int status) throws Exception {
    try (LoopbackHub hub = hub()) {
      AtomicInteger asked = new AtomicInteger();
      hub.faults(_ ->
          asked.getAndIncrement() < 3
              ? new Fault(status, "0", Integer.MAX_VALUE, 0, true, -1)
              : Fault.NONE);
      fetch(hub, FILE.length, Checksum.sha256(Sha256.of(FILE)));
      assertThat(target()).hasBinaryContent(FILE);
    }
  }

  @Test
  void aSlowServerIsWaitedFor() throws Exception {
    try (LoopbackHub hub = hub()) {
      hub.faults(_ -> new Fault(0, "", Integer.MAX_VALUE, 300, true, -1));
      fetch(hub, FILE.length, null);
      assertThat(target()).hasBinaryContent(FILE);
    }
  }

  /// The body would last for years; closing the response must not read it.
  @Test
  void anErrorWhoseTextNeverEndsIsReportedAtOnce() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket client = server.accept()) {
              client.getInputStream().read();
              OutputStream out = client.getOutputStream();
              out.write("HTTP/1.1 404 No\r\nContent-Length: 1000000000\r\n\r\n".getBytes(UTF_8));
              for (; ; Thread.sleep(100)) {
                out.write(' ');
              }
            } catch (IOException | InterruptedException _) {
              // the client left
            }
          });
      URI address = URI.create("http://127.0.0.1:%d/x".formatted(server.getLocalPort()));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> fetch(new Wanted(address, null, -1, null, "x")))
                  .isInstanceOf(FetchException.class)
                  .hasMessageContaining("404"));
    }
  }

  @Test
  void anUnreachableServerIsReportedSoon() {
    URI nowhere = URI.create("http://127.0.0.1:1/files/x");
    assertThatThrownBy(() -> fetch(new Wanted(nowhere, null, 5, null, "x")))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void anEmptyFileIsFetched() throws Exception {
    try (LoopbackHub hub = new LoopbackHub()) {
      hub.put("files", "x", new byte[0]);
      fetch(hub, -1, null);
      assertThat(target()).isEmptyFile();
    }
  }

  /// The hub redirects to another host for the bytes; only the hub may receive the token.
  @Test
  void aTokenNeverReachesAnotherHost() throws Exception {
    try (LoopbackHub bytes = hub();
        LoopbackHub front = new LoopbackHub()) {
      front.put("some/repo", "x", FILE);
      // The front redirects to itself under another host name, which is another origin.
      Wanted wanted =
          new Wanted(
              URI.create(
                  front.endpoint().replace("127.0.0.1", "localhost") + "/some/repo/resolve/main/x"),
              "secret",
              FILE.length,
              null,
              "x");
      fetch(wanted);
      assertThat(front.requests())
          .filteredOn(LoopbackHub.Request::isForBytes)
          .isNotEmpty()
          .allMatch(request -> request.authorization().isEmpty());
      assertThat(front.requests())
          .filteredOn(request -> !request.isForBytes())
          .allMatch(request -> request.authorization().equals("Bearer secret"));
      assertThat(bytes.requests()).isEmpty();
    }
  }

  private static LoopbackHub hub() throws IOException {
    LoopbackHub hub = new LoopbackHub();
    hub.put("files", "x", FILE);
    return hub;
  }

  private void fetch(LoopbackHub hub, long size, @Nullable Checksum checksum)
      throws IOException, InterruptedException {
    fetch(new Wanted(URI.create(hub.endpoint() + "/files/x"), null, size, checksum, "x"));
  }

  private void fetch(Wanted wanted) throws IOException, InterruptedException {
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
    try (Download download = new Download(QUICK);
        ByteProgress progress = new ByteProgress(silent, false, "x")) {
      download.fetch(wanted, target(), progress);
    }
  }

  private Path target() {
    return folder.resolve("file");
  }

  private void assertNothingElseIsLeft() throws IOException {
    try (var files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().matches(".*(part|ranges)"))).isEmpty();
    }
  }

  private String md5() throws IOException {
    Path copy = Files.write(folder.resolve("copy"), FILE);
    return Checksum.Kind.MD5.of(copy).hex();
  }
}
