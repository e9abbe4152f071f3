package dev.refract.harness.llm;

import dev.refract.reports.file.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// An OpenAI-compatible server on the loopback address whose replies are a pure function of the
/// request. It injects every kind of server fault, chosen by a seed: into the first three attempts
/// at a request, never into the fourth.
public final class FaultyServer implements AutoCloseable {

  /// The fault injected into an attempt.
  public enum Fault {
    BUSY,
    BUSY_FOR_A_SECOND,
    BUSY_UNTIL_A_DATE,
    ERROR_500,
    ERROR_PAGE_502,
    RESET_BEFORE_THE_BODY,
    RESET_IN_THE_BODY,
    RESET_AFTER_THE_BODY,
    CLOSED_IN_THE_BODY,
    HALF_JSON,
    WRONG_JSON,
    PAGE_INSTEAD_OF_JSON,
    SLOW_HEADERS,
    SLOW_BODY,
    ENDLESS_BODY,
    NO_CHOICES,
    NULL_CONTENT,
    WRONG_USAGE, // a valid reply
    BYTE_BY_BYTE // a valid reply, split inside every character
  }

  private static final int SLOW_MILLIS = 3_000;
  private static final int HONEST = 4;

  private final ServerSocket socket;
  private final long seed;
  private final double share;
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();

  /// @param share of the first three attempts that get a fault
  public FaultyServer(long seed, double share) throws IOException {
    this.seed = seed;
    this.share = share;
    this.socket = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
  }

  /// Marks of the fully answered requests, in order; each reply contains its mark.
  public List<String> served() {
    return served;
  }

  public int requests() {
    return requests.get();
  }

  public synchronized Map<Fault, Integer> faults() {
    return new EnumMap<>(faults);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (Optional<HttpRequestBytes> request = HttpRequestBytes.read(in);
          request.isPresent();
          request = HttpRequestBytes.read(in)) {
        if (request.get().isGet()) {
          send(client.getOutputStream(), "404 Not Found", "", ""); // no metrics
          continue;
        }
        if (!answer(client, request.get().body())) {
          return;
        }
      }
    } catch (IOException | InterruptedException _) {
      // the client closed the connection
    }
  }

  /// @return whether the connection may be used again
  private boolean answer(Socket client, byte[] body) throws IOException, InterruptedException {
    requests.incrementAndGet();
    String mark = Sha256.of(body).substring(0, 16);
    int attempt = attempts.computeIfAbsent(mark, _ -> new AtomicInteger()).incrementAndGet();
    Random random = new Random(seed ^ Long.parseUnsignedLong(mark, 16) + 31L * attempt);
    random.nextInt();
    String good = reply(mark, "{\"prompt_tokens\":9,\"completion_tokens\":5}");
    OutputStream out = client.getOutputStream();
    if (attempt >= HONEST || random.nextDouble() >= share) {
      return whole(out, mark, good);
    }
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    synchronized (this) {
      faults.merge(fault, 1, Integer::sum);
    }
    switch (fault) {
      case BUSY -> send(out, "429 Too Many Requests", "", "{\"message\":\"slow down\"}");
      case BUSY_FOR_A_SECOND -> send(out, "429 Too Many Requests", "Retry-After: 1\r\n", "");
      case BUSY_UNTIL_A_DATE ->
          send(
              out,
              "503 Service Unavailable",
              "Retry-After: "
                  + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                      ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1))
                  + "\r\n",
              "");
      case ERROR_500 -> send(out, "500 Internal Server Error", "", "{\"error\":\"CUDA\"}");
      case ERROR_PAGE_502 -> send(out, "502 Bad Gateway", "", "<html><h1>nginx</h1></html>");
      case RESET_BEFORE_THE_BODY -> {
        return reset(client);
      }
      case RESET_IN_THE_BODY -> {
        half(out, good);
        return reset(client);
      }
      case RESET_AFTER_THE_BODY -> {
        send(out, "200 OK", "", good); // the client may or may not read it before the reset
        return reset(client);
      }
      case CLOSED_IN_THE_BODY -> {
        half(out, good);
        return false;
      }
      case HALF_JSON -> send(out, "200 OK", "", good.substring(0, good.length() / 2));
      case WRONG_JSON -> send(out, "200 OK", "", "[1, {\"choices\": 7}]");
      case PAGE_INSTEAD_OF_JSON -> send(out, "200 OK", "", "<html>log in</html>");
      case SLOW_HEADERS -> Thread.sleep(SLOW_MILLIS);
      case SLOW_BODY -> {
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < SLOW_MILLIS / 100; i++) {
          out.write(' ');
          out.flush();
          Thread.sleep(100);
        }
        return false;
      }
      case ENDLESS_BODY -> {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] block = new byte[1 << 16];
        while (true) {
          out.write(block); // until the client gives up
        }
      }
      case NO_CHOICES -> send(out, "200 OK", "", "{\"choices\":[]}");
      case NULL_CONTENT ->
          send(out, "200 OK", "", "{\"choices\":[{\"message\":{\"content\":null}}]}");
      case WRONG_USAGE -> {
        return whole(
            out, mark, reply(mark, "{\"prompt_tokens\":-1,\"completion_tokens\":\"many\"}"));
      }
      case BYTE_BY_BYTE -> {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                .formatted(bytes.length)
                .getBytes(StandardCharsets.US_ASCII));
        for (byte b : bytes) {
          out.write(b);
          out.flush();
        }
        served.add(mark);
      }
    }
    return fault != Fault.SLOW_HEADERS;
  }

  private boolean whole(OutputStream out, String mark, String reply) throws IOException {
    served.add(mark); // before sending, so that the list contains it when the reply arrives
    send(out, "200 OK", "", reply);
    return true;
  }

  /// Some replies end at the token limit, always the same ones.
  private static String reply(String mark, String usage) {
    String end = mark.startsWith("0") || mark.startsWith("1") ? "length" : "stop";
    return "{\"choices\":[{\"message\":{\"content\":\"Größe %s – 数\"},\"finish_reason\":\"%s\"}],\"usage\":%s}"
        .formatted(mark, end, usage);
  }

  private static void send(OutputStream out, String status, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(status, headers, bytes.length);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }

  private static void half(OutputStream out, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
            .formatted(bytes.length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(bytes, 0, bytes.length / 2);
    out.flush();
  }

  private static boolean reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    return false;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
