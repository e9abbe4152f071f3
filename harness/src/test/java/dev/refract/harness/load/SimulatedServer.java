package dev.refract.harness.load;

import dev.refract.harness.llm.HttpRequestBytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// A simulated model server whose figures follow from four numbers: concurrent requests (first come
/// first served), time to the first token, time per further token, and tokens per reply. It sleeps
/// until absolute times, so that oversleeping does not accumulate.
final class SimulatedServer implements AutoCloseable {

  private final ServerSocket socket;
  private final Semaphore slots;
  private final long firstNanos;
  private final long tokenNanos;
  private final int tokens;

  SimulatedServer(int slots, double first, double token, int tokens) throws IOException {
    this.slots = new Semaphore(slots, true);
    this.firstNanos = (long) (first * 1e9);
    this.tokenNanos = (long) (token * 1e9);
    this.tokens = tokens;
    this.socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      for (Optional<HttpRequestBytes> request = HttpRequestBytes.read(in);
          request.isPresent();
          request = HttpRequestBytes.read(in)) {
        if (request.get().isGet()) {
          out.write(
              "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
          continue;
        }
        slots.acquire();
        try {
          stream(out);
        } finally {
          slots.release();
        }
        // Ends the reply only now, so that the slot is free when the client sends its next request.
        chunk(out, "data: [DONE]\n\n");
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException | InterruptedException _) {
      // the client closed the connection
    }
  }

  private void stream(OutputStream out) throws IOException {
    long start = System.nanoTime();
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < tokens; i++) {
      until(start + firstNanos + i * tokenNanos);
      chunk(out, "data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}\n\n");
    }
    chunk(
        out,
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":%d}}\n\n"
            .formatted(tokens));
  }

  private static void until(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void chunk(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(
        (Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
