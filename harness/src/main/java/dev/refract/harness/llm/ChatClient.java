package dev.refract.harness.llm;

import dev.refract.harness.text.WellFormed;
import dev.refract.manifest.Sampling;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of one OpenAI-compatible server, its `/chat/completions` and `/completions`: plain
/// blocking calls, meant for virtual threads.
///
/// Connections are kept for less than the five seconds after which uvicorn drops them. Nothing is
/// sent anywhere but to the endpoint: no proxy from the environment, no redirect followed.
public final class ChatClient implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST_REPLY = 16 * 1024 * 1024;
  private static final int QUOTED = 300;
  private static final String CHAT = "/chat/completions";
  private static final String COMPLETIONS = "/completions";

  private final Endpoint endpoint;
  private final RetryPolicy retries;
  private final CloseableHttpClient http;
  private final Duration patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("request-clock").factory());

  /// @param concurrency requests in flight at once
  /// @param patience how long one attempt may take in all
  public ChatClient(Endpoint endpoint, RetryPolicy retries, int concurrency, Duration patience) {
    this.endpoint = endpoint;
    this.retries = retries;
    this.patience = patience;
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(concurrency)
            .setMaxConnTotal(concurrency)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.ofSeconds(10))
                    .setTimeToLive(TimeValue.ofMinutes(10))
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .build();
    this.http =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setResponseTimeout(Timeout.of(patience))
                    .setConnectionKeepAlive(TimeValue.ofSeconds(4))
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .setUserAgent("refract")
            .build();
  }

  /// @throws RequestException when no attempt gave a reply
  public ChatReply send(ChatRequest request) throws RequestException, InterruptedException {
    ChatBody body = ChatBody.of(endpoint, request);
    String path = request.raw() ? COMPLETIONS : CHAT;
    for (int made = 1; ; made++) {
      Attempt attempt = attempt(path, body);
      if (attempt.reply != null) {
        return attempt.reply;
      }
      Optional<Duration> wait =
          attempt.again
              ? retries.wait(
                  made, attempt.retryAfter, Instant.now(), ThreadLocalRandom.current().nextDouble())
              : Optional.empty();
      if (wait.isEmpty()) {
        String tried = made > 1 ? " (tried " + made + " times)" : "";
        throw new RequestException(attempt.kind, attempt.message + tried, attempt.status);
      }
      Thread.sleep(wait.get());
    }
  }

  /// Whether the server takes a chat template written out, found by sending it one token's worth.
  ///
  /// @throws RequestException when it cannot be reached or lets nobody in
  public boolean offersCompletions() throws RequestException, InterruptedException {
    try {
      send(ChatRequest.raw("a", new Sampling(0, 1, 1, 1)));
      return true;
    } catch (RequestException e) {
      if (e.status() >= 400 && e.status() < 500 && e.status() != 401 && e.status() != 403) {
        return false;
      }
      throw e;
    }
  }

  /// @param status of HTTP, or 0 when there was no reply
  /// @param again whether the same request may succeed later
  private record Attempt(
      @Nullable ChatReply reply,
      String kind,
      String message,
      int status,
      boolean again,
      @Nullable String retryAfter) {

    static Attempt failed(String kind, String message, boolean again) {
      return new Attempt(null, kind, message, 0, again, null);
    }
  }

  private Attempt attempt(String path, ChatBody body) throws InterruptedException {
    HttpPost post = new HttpPost(endpoint.baseUrl().replaceFirst("/+$", "") + path);
    post.setEntity(body);
    if (endpoint.apiKey() != null) {
      post.setHeader("Authorization", "Bearer " + endpoint.apiKey());
    }
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> end =
        clock.schedule(
            () -> {
              late.set(true);
              post.abort();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return http.execute(post, response -> read(path, response));
    } catch (UnknownHostException e) {
      return Attempt.failed("connection", "no server named " + e.getMessage(), false);
    } catch (InterruptedIOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Attempt.failed("timeout", "no answer in time from " + endpoint, true);
    } catch (IOException e) {
      if (late.get()) {
        return Attempt.failed("timeout", "no whole answer in time from " + endpoint, true);
      }
      return Attempt.failed(
          "connection", "no answer from %s: %s".formatted(endpoint, e.getMessage()), true);
    } finally {
      end.cancel(false);
    }
  }

  private Attempt read(String path, ClassicHttpResponse response) throws IOException {
    byte[] bytes = {};
    if (response.getEntity() != null) {
      bytes = response.getEntity().getContent().readNBytes(LARGEST_REPLY + 1);
    }
    if (bytes.length > LARGEST_REPLY) {
      return Attempt.failed("protocol", "a reply of more than 16 MB from " + endpoint, false);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int status = response.getCode();
    if (status != 200) {
      Header after = response.getFirstHeader("Retry-After");
      String kind = RetryPolicy.retryable(status) ? "server" : "refused";
      String message =
          "%s answered %d: %s%s".formatted(endpoint, status, quoted(text), cause(status));
      return new Attempt(
          null,
          kind,
          message,
          status,
          RetryPolicy.retryable(status),
          after == null ? null : after.getValue());
    }
    return parse(path, text);
  }

  private Attempt parse(String path, String text) {
    try {
      JsonNode root = JSON.readTree(text);
      JsonNode choice = root.path("choices").path(0);
      boolean raw = path.equals(COMPLETIONS);
      JsonNode content = raw ? choice.path("text") : choice.path("message").path("content");
      if (!content.isString()) {
        return Attempt.failed(
            "protocol",
            "%s sent no choices[0].%s: %s"
                .formatted(endpoint, raw ? "text" : "message.content", quoted(text)),
            false);
      }
      JsonNode reason = choice.path("finish_reason");
      JsonNode tokens = root.path("usage").path("completion_tokens");
      ChatReply reply =
          new ChatReply(
              WellFormed.of(content.asString()),
              reason.isString() ? reason.asString() : null,
              tokens.canConvertToInt() ? Integer.valueOf(tokens.asInt()) : null);
      return new Attempt(reply, "", "", 200, false, null);
    } catch (JacksonException _) {
      return Attempt.failed("protocol", endpoint + " sent no JSON: " + quoted(text), false);
    }
  }

  private static String cause(int status) {
    return switch (status) {
      case 400 -> "; likely the image is too large, or the context too long for this model";
      case 401, 403 -> "; set the key's variable with api_key_env";
      case 404 -> "; likely the model's name or the base URL (it ends in /v1) is wrong";
      default -> "";
    };
  }

  /// What the server said, on one line, without a key that it may repeat.
  private String quoted(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (endpoint.apiKey() != null) {
      plain = plain.replace(endpoint.apiKey(), "***");
    }
    return plain.length() > QUOTED ? plain.substring(0, QUOTED) + "..." : plain;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      http.close();
    } catch (IOException _) {
      // nothing is lost with a connection that does not close well
    }
  }
}
