package dev.refract.harness.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// A hub on the loopback address with the API of the real one: revisions, trees, redirects to the
/// bytes, ranges. It injects faults on request.
public final class LoopbackHub implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern RESOLVE =
      Pattern.compile("/(?:datasets/)?([^/]+/[^/]+)/resolve/([^/]+)/(.+)");
  private static final Pattern API =
      Pattern.compile("/api/datasets/([^/]+/[^/]+)/(revision|tree)/([^/]+)");

  private final HttpServer server;
  private final Map<String, Map<String, byte[]>> repositories = new ConcurrentHashMap<>();
  private final Map<String, String> commits = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong bytesSent = new AtomicLong();
  private volatile Function<Request, Fault> faults = _ -> Fault.NONE;

  /// @param range the header, or empty
  /// @param authorization the header, or empty
  public record Request(String path, String range, String authorization) {

    public boolean isForBytes() {
      return path.startsWith("/cdn/") || path.startsWith("/files/");
    }
  }

  /// The fault of a response.
  ///
  /// @param status sent instead, if not 0
  /// @param cutAfter bytes of the body after which the connection ends
  /// @param pauseMillis before the response
  /// @param ranges whether ranges are supported
  /// @param claimed total size reported instead of the true one, or -1
  public record Fault(
      int status, String retryAfter, int cutAfter, int pauseMillis, boolean ranges, long claimed) {

    public static final Fault NONE = new Fault(0, "", Integer.MAX_VALUE, 0, true, -1);

    public static Fault status(int status) {
      return new Fault(status, "", Integer.MAX_VALUE, 0, true, -1);
    }

    public static Fault cut(int after) {
      return new Fault(0, "", after, 0, true, -1);
    }
  }

  public LoopbackHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Puts a file into a repository, or at `/files/<path>` when the repository is `files`.
  public void put(String repository, String path, byte[] bytes) {
    repositories.computeIfAbsent(repository, _ -> new ConcurrentHashMap<>()).put(path, bytes);
    commits.put(
        repository,
        Sha256.of(
                (repository + repositories.get(repository).size() + Sha256.of(bytes))
                    .getBytes(StandardCharsets.UTF_8))
            .substring(0, 40));
  }

  public String commit(String repository) {
    return commits.getOrDefault(repository, "");
  }

  public void faults(Function<Request, Fault> next) {
    faults = next;
  }

  public List<Request> requests() {
    return requests;
  }

  public long bytesSent() {
    return bytesSent.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      Request request =
          new Request(uri.getPath(), header(exchange, "Range"), header(exchange, "Authorization"));
      requests.add(request);
      Fault fault = faults.apply(request);
      if (fault.pauseMillis > 0) {
        Thread.sleep(fault.pauseMillis);
      }
      if (fault.status > 0) {
        if (!fault.retryAfter.isEmpty()) {
          exchange.getResponseHeaders().set("Retry-After", fault.retryAfter);
        }
        exchange.sendResponseHeaders(fault.status, -1);
        return;
      }
      answer(exchange, request, fault);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void answer(HttpExchange exchange, Request request, Fault fault) throws IOException {
    Matcher resolve = RESOLVE.matcher(request.path);
    Matcher api = API.matcher(request.path);
    if (api.matches()) {
      api(exchange, api);
    } else if (resolve.matches()) {
      Map<String, byte[]> files = repositories.getOrDefault(resolve.group(1), Map.of());
      if (files.containsKey(resolve.group(3))) {
        String encoded = encoded(resolve.group(3));
        exchange
            .getResponseHeaders()
            .set("Location", endpoint() + "/cdn/" + resolve.group(1) + "/" + encoded);
        exchange.sendResponseHeaders(302, -1);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } else {
      bytes(exchange, request, fault);
    }
  }

  private static String encoded(String path) {
    return path.replace(" ", "%20").replace("(", "%28").replace(")", "%29");
  }

  private void api(HttpExchange exchange, Matcher api) throws IOException {
    String repository = api.group(1);
    Map<String, byte[]> files = repositories.get(repository);
    if (files == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    Object answer;
    if (api.group(2).equals("revision")) {
      answer = Map.of("sha", commit(repository));
    } else {
      List<Map<String, Object>> entries = new ArrayList<>();
      entries.add(Map.of("type", "directory", "path", "data", "oid", "0"));
      files.forEach((path, bytes) -> {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("type", "file");
        entry.put("path", path);
        entry.put("size", bytes.length);
        entry.put("oid", "0".repeat(40));
        entry.put("lfs", Map.of("oid", Sha256.of(bytes), "size", bytes.length));
        entries.add(entry);
      });
      answer = entries;
    }
    byte[] body = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void bytes(HttpExchange exchange, Request request, Fault fault) throws IOException {
    String path = request.path.replaceFirst("^/cdn/", "").replaceFirst("^/files/", "files//");
    int split =
        path.startsWith("files//") ? "files/".length() : path.indexOf('/', path.indexOf('/') + 1);
    byte[] whole =
        split < 0
            ? null
            : repositories
                .getOrDefault(path.substring(0, split).replaceFirst("/$", ""), Map.of())
                .get(path.substring(split + 1));
    if (whole == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    Matcher range = Pattern.compile("bytes=(\\d+)-(\\d+)").matcher(request.range);
    int from = 0;
    int to = whole.length;
    int status = 200;
    if (fault.ranges && range.matches()) {
      from = Integer.parseInt(range.group(1));
      to = (int) Math.min(whole.length, Long.parseLong(range.group(2)) + 1);
      if (from >= whole.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      status = 206;
      long total = fault.claimed >= 0 ? fault.claimed : whole.length;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, total));
    }
    exchange.getResponseHeaders().set("ETag", '"' + Sha256.of(whole).substring(0, 16) + '"');
    exchange.sendResponseHeaders(status, to - from == 0 ? -1 : to - from);
    int sent = Math.min(to - from, fault.cutAfter);
    exchange.getResponseBody().write(whole, from, sent);
    exchange.getResponseBody().flush();
    bytesSent.addAndGet(sent);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
