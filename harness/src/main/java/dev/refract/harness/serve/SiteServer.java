package dev.refract.harness.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Serves the files of a folder on the loopback address, to this machine only.
///
/// A page of another site whose name resolves to 127.0.0.1 would otherwise read the pages through
/// the user's browser, so only requests for `localhost` are answered. A client that sends nothing
/// or reads nothing is cut off and holds up no other.
public final class SiteServer implements AutoCloseable {

  private static final Pattern LOCAL =
      Pattern.compile("(?i)(localhost|127\\.0\\.0\\.1|\\[::1])\\.?(:\\d{1,5})?");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("csv", "text/csv; charset=utf-8"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("bmp", "image/bmp"));

  static {
    // Read once by the JDK's server: seconds for a request and for an answer, and connections.
    set("sun.net.httpserver.maxReqTime", "10");
    set("sun.net.httpserver.maxRspTime", "120");
    set("jdk.httpserver.maxConnections", "512");
  }

  private static void set(String property, String value) {
    System.setProperty(property, System.getProperty(property, value));
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Path root;

  private SiteServer(HttpServer server, Path root) {
    this.server = server;
    this.root = root;
  }

  /// Starts a server.
  ///
  /// @param port 0 for a free one
  /// @throws IOException when the port cannot be used, or there is no such folder
  public static SiteServer start(Path folder, int port) throws IOException {
    SiteServer made =
        new SiteServer(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0),
            folder.toRealPath());
    made.server.createContext("/", made::answer);
    made.server.setExecutor(made.threads);
    made.server.start();
    return made;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Cache-Control", "no-cache");
      List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
      String authority = exchange.getRequestURI().getRawAuthority();
      boolean old = exchange.getProtocol().equals("HTTP/1.0"); // needs no Host
      boolean foreign =
          hosts.size() > 1
              || host == null && !old
              || host != null && !LOCAL.matcher(host).matches()
              || authority != null && !LOCAL.matcher(authority).matches();
      if (foreign) {
        refuse(exchange, 421, "This server answers for localhost only.");
      } else if (!exchange.getRequestMethod().matches("GET|HEAD")) {
        headers.set("Allow", "GET, HEAD");
        refuse(exchange, 405, "Only GET and HEAD are answered.");
      } else {
        Optional<Path> file = file(exchange.getRequestURI().getPath());
        if (file.isEmpty()) {
          refuse(exchange, 404, "There is no such page.");
        } else if (isFolder(exchange, file.get())) {
          String asked = exchange.getRequestURI().getRawPath();
          headers.set("Location", "." + asked.substring(asked.lastIndexOf('/')) + "/");
          refuse(exchange, 301, "See the folder.");
        } else {
          send(exchange, file.get());
        }
      }
    }
  }

  /// Whether a folder was asked for without the slash that relative links need.
  private boolean isFolder(HttpExchange exchange, Path file) {
    return !exchange.getRequestURI().getPath().endsWith("/")
        && file.endsWith("index.html")
        && !exchange.getRequestURI().getPath().endsWith("index.html");
  }

  /// The file of a path below the root, without following links; empty for everything else.
  ///
  /// @param path decoded
  private Optional<Path> file(String path) {
    try {
      Path at = root;
      for (String part : path.split("/")) {
        if (part.isEmpty()) {
          continue;
        } else if (part.startsWith(".") || part.contains("\\")) {
          return Optional.empty(); // also hidden files: none of the pages is one
        }
        at = at.resolve(part);
        if (Files.isSymbolicLink(at)) {
          return Optional.empty();
        }
      }
      at = Files.isDirectory(at) ? at.resolve("index.html") : at;
      return Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(at)
          : Optional.empty();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static void send(HttpExchange exchange, Path file) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    long size = Files.size(file);
    String name = file.getFileName().toString();
    headers.set(
        "Content-Type",
        TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
    headers.set("Accept-Ranges", "bytes");
    ByteRange range;
    int code = 200;
    try {
      Optional<ByteRange> asked =
          ByteRange.of(exchange.getRequestHeaders().getFirst("Range"), size);
      range = asked.orElse(new ByteRange(0, size));
      if (asked.isPresent()) {
        code = 206;
        headers.set("Content-Range", range.contentRange(size));
      }
    } catch (ByteRange.UnsatisfiableException _) {
      headers.set("Content-Range", "bytes */" + size);
      refuse(exchange, 416, "The file is shorter.");
      return;
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", String.valueOf(range.length()));
      exchange.sendResponseHeaders(code, -1);
      return;
    }
    exchange.sendResponseHeaders(code, range.length() == 0 ? -1 : range.length());
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = exchange.getResponseBody()) {
      in.skipNBytes(range.from());
      byte[] block = new byte[1 << 16];
      for (long left = range.length(); left > 0; ) {
        int n = in.read(block, 0, (int) Math.min(block.length, left));
        if (n < 0) {
          return; // it became shorter meanwhile; the client sees a cut answer
        }
        out.write(block, 0, n);
        left -= n;
      }
    }
  }

  private static void refuse(HttpExchange exchange, int code, String words) throws IOException {
    byte[] text = (words + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(code, -1);
      return;
    }
    exchange.sendResponseHeaders(code, text.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
