package dev.refract.harness.llm;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Questions to a server beside its work: what it is, what it counts.
public final class ServerProbe {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ServerProbe() {}

  /// @param status of HTTP, or 0 when nothing answered
  /// @param text at most some megabytes; why nothing answered, when nothing did
  /// @param software as the server calls itself, or null
  /// @param date as the server has it, or null
  public record Page(int status, String text, @Nullable String software, @Nullable String date) {

    /// How far the server's clock is ahead of this one, in seconds; null where it does not tell.
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

  /// @param key sent as a bearer token, or null
  public static Page get(String url, @Nullable String key, Duration patience)
      throws InterruptedException {
    HttpGet get = new HttpGet(url);
    if (key != null) {
      get.setHeader("Authorization", "Bearer " + key);
    }
    try (Watchdog watchdog = new Watchdog(get, Timeouts.of(patience))) {
      try {
        return Connections.execute(
            get,
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
                  new String(bytes, StandardCharsets.UTF_8),
                  software == null ? null : software.getValue(),
                  date == null ? null : date.getValue());
            });
      } catch (IOException e) {
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

  /// A server's address with what it says that it is, such as `http://gpu1:8000/v1, version
  /// 0.11.0`.
  public static String identity(String baseUrl) throws InterruptedException {
    Page page = get(beside(baseUrl, "/version"), null, REQUEST_TIMEOUT);
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

  /// The address of a page of the server itself, outside of its OpenAI-compatible part.
  public static String beside(String baseUrl, String page) {
    return baseUrl.replaceFirst("/+$", "").replaceFirst("/v1$", "") + page;
  }
}
