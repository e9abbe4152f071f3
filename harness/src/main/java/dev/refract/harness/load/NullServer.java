package dev.refract.harness.load;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A server that does the minimum: it reads the request body, waits for a fixed time and sends a
/// fixed reply. The wait may differ for requests with and without an image.
///
/// The throughput of a client against this server is the client's maximum.
///
/// `... dev.refract.harness.load.NullServer THINK_MILLIS [THINK_MILLIS_WITHOUT_IMAGE]` prints its
/// port.
public final class NullServer implements AutoCloseable {

  private static final byte[] REPLY = reply();
  private static final byte[] NOTHING =
      "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int BACKLOG = 4096;
  private static final int IMAGE_REQUEST_CHARS =
      16_000; // no question is this long, every image is longer

  private final ServerSocket socket;
  private final long large;
  private final long small;

  /// @param large wait for a request with an image, in milliseconds
  /// @param small wait for a request without an image, in milliseconds
  public NullServer(long large, long small) throws IOException {
    this.socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.large = large;
    this.small = small;
  }

  public static void main(String[] args) throws IOException {
    long large = Long.parseLong(args[0]);
    try (NullServer server =
        new NullServer(large, args.length > 1 ? Long.parseLong(args[1]) : large)) {
      System.out.println(server.socket.getLocalPort());
      server.listen();
    }
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  /// Serves requests until the server is closed.
  public void listen() {
    try {
      while (true) {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // the server was closed
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static byte[] reply() {
    String body =
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":120}}"
            .formatted("A chart of seven bars. ".repeat(8).strip());
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void serve(Socket client) {
    byte[] block = new byte[1 << 16];
    try (client) {
      InputStream in = client.getInputStream();
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      int there = 0;
      while (true) {
        int end = headEnd(block, there);
        while (end < 0) {
          int read = in.read(block, there, block.length - there);
          if (read < 0) {
            return;
          }
          there += read;
          end = headEnd(block, there);
        }
        if (block[0] == 'G') { // this server has no metrics and no list of models
          there = 0;
          out.write(NOTHING);
          out.flush();
          continue;
        }
        int length = length(block, end);
        int left = length - (there - end);
        while (left > 0) {
          int read = in.read(block, 0, Math.min(block.length, left));
          if (read < 0) {
            return;
          }
          left -= read;
        }
        there = 0;
        Thread.sleep(length > IMAGE_REQUEST_CHARS ? large : small);
        out.write(REPLY);
        out.flush();
      }
    } catch (IOException | InterruptedException _) {
      // the client closed the connection
    }
  }

  private static int headEnd(byte[] block, int there) {
    for (int i = 3; i < there; i++) {
      if (block[i] == '\n' && block[i - 1] == '\r' && block[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int length(byte[] block, int end) {
    String head = new String(block, 0, end, StandardCharsets.US_ASCII);
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length:");
    return Integer.parseInt(head.substring(at + 15, head.indexOf('\r', at)).strip());
  }
}
