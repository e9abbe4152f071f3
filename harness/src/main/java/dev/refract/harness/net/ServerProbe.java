package dev.refract.harness.net;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads a server's status pages, such as its version, model list and metrics.
public final class ServerProbe {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ServerProbe() {}

  /// @param status HTTP status, or 0 without a response
  /// @param text the body, at most some megabytes; without a response, the reason
  /// @param software value of the Server header, or null
  /// @param date value of the Date header, or null
  public record Page(int status, String text, @Nullable String software, @Nullable String date) {

    /// How far the server's clock is ahead of this machine's, in seconds; null when unknown.
    public @Nullable Long secondsApart() {
      if (date == null) {
        return null;
      }
      try {
        Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Long.valueOf(Duration.between(Instant.now(), there).toSeconds());
      } catch (DateTimeParseException _) {
        return null;
      }
    }

    public boolean isThere() {
      return status == 200;
    }
  }

  public static Page get(String url, Access access, Duration patience) throws InterruptedException {
    return page(new HttpGet(access.address(url)), access, patience);
  }

  /// @param json the body
  public static Page post(String url, String json, Access access, Duration patience)
      throws InterruptedException {
    HttpPost post = new HttpPost(access.address(url));
    post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
    return page(post, access, patience);
  }

  private static Page page(HttpUriRequestBase request, Access access, Duration patience)
      throws InterruptedException {
    access.sign(request);
    try (Watchdog watchdog = new Watchdog(request, Timeouts.of(patience))) {
      try {
        return Connections.execute(
            access.network(),
            request,
            response -> {
              watchdog.heard();
              Header date = response.getFirstHeader("Date");
              Header software = response.getFirstHeader("Server");
              byte[] bytes =
                  response.getEntity() == null
                      ? new byte[0]
                      : response.getEntity().getContent().readNBytes(1 << 22);
              return new Page(
                  response.getCode(),
                  access.withoutSecrets(new String(bytes, StandardCharsets.UTF_8)),
                  software == null ? null : access.withoutSecrets(software.getValue()),
                  date == null ? null : date.getValue());
            });
      } catch (IOException | RuntimeException e) { // a status line may be anything
        if (e instanceof InterruptedIOException && Thread.interrupted()) {
          throw new InterruptedException();
        }
        return new Page(
            0,
            watchdog.timedOut() ? "no answer in time" : String.valueOf(e.getMessage()),
            null,
            null);
      }
    }
  }

  /// A server's address with the software and version it reports, such as `http://gpu1:8000/v1,
  /// version 0.11.0`.
  public static String identity(String baseUrl, Access access) throws InterruptedException {
    Page page = get(beside(baseUrl, "/version"), access, REQUEST_TIMEOUT);
    String software = page.software() == null ? "" : ", " + page.software();
    return baseUrl + software + version(page);
  }

  private static String version(Page page) {
    try {
      String version =
          page.isThere() ? JSON.readTree(page.text()).path("version").asString("") : "";
      return version.isEmpty() ? "" : ", version " + version;
    } catch (JacksonException _) {
      return "";
    }
  }

  /// The address of a page outside the server's OpenAI-compatible API, such as `/metrics`.
  public static String beside(String baseUrl, String page) {
    return baseUrl.replaceFirst("/+$", "").replaceFirst("/v1$", "") + page;
  }
}
