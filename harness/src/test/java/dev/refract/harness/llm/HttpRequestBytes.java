package dev.refract.harness.llm;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/// A request read from a socket, for test servers that need the socket itself.
///
/// @param head up to and including the empty line
public record HttpRequestBytes(String head, byte[] body) {

  /// The next request on a connection; empty when the connection was closed.
  public static Optional<HttpRequestBytes> read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
        return Optional.of(
            new HttpRequestBytes(head.toString(), in.readNBytes(length(head.toString()))));
      }
    }
    return Optional.empty();
  }

  private static int length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  public boolean isGet() {
    return head.startsWith("GET ");
  }
}
