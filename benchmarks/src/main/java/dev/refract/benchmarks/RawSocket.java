package dev.refract.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Sends requests on its own socket with the minimum that HTTP needs.
final class RawSocket implements EngineBenchmark.Sender {

  private final OutputStream out;
  private final InputStream in;
  private final byte[] request;
  private final byte[] block = new byte[8192];

  RawSocket(String url, byte[] request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
    socket.setTcpNoDelay(true);
    this.out = socket.getOutputStream();
    this.in = socket.getInputStream();
    this.request = request;
  }

  @Override
  public void send() throws IOException {
    out.write(request);
    int there = in.read(block);
    int end = -1;
    int length = -1;
    while (length < 0 || there < end + length) {
      if (end < 0) {
        String text = new String(block, 0, there, StandardCharsets.US_ASCII);
        int at = text.indexOf("\r\n\r\n");
        if (at >= 0) {
          end = at + 4;
          int from = text.indexOf("Content-Length:") + 15;
          length = Integer.parseInt(text.substring(from, text.indexOf('\r', from)).strip());
          continue;
        }
      }
      int read = in.read(block, there, block.length - there);
      if (read < 0) {
        throw new IOException("closed");
      }
      there += read;
    }
  }

  /// The bytes of a request with an image.
  static byte[] request(String url, byte[] image) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
            + Base64.getEncoder().encodeToString(image)
            + "\"}},{\"type\":\"text\",\"text\":\"Describe the image in"
            + " detail.\"}]}],\"temperature\":0,\"max_tokens\":1024}";
    String head =
        "POST %s/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(URI.create(url).getPath(), body.length());
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }
}
