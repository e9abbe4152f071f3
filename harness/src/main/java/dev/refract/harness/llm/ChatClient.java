package dev.refract.harness.llm;

import dev.refract.harness.llm.Replicas.Replica;
import dev.refract.harness.os.CancellationToken;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/// A client of one model on OpenAI-compatible servers, for `/chat/completions` and `/completions`.
/// Its calls block and are meant for virtual threads.
public final class ChatClient implements AutoCloseable {

  private static final int SPARE_WORKERS = 2;
  private static final String CHAT_PATH = "/chat/completions";
  private static final String COMPLETIONS_PATH = "/completions";

  private final Endpoint endpoint;
  private final ClientOptions options;
  private final CancellationToken cancellation;
  private final Replicas replicas;
  private final AdaptiveSemaphore permits;
  private final ReplyReader reader;
  private Budget.Spent spent = Budget.Spent.NOTHING;

  /// The options of a client.
  ///
  /// @param streaming whether replies are streamed, which yields latencies but takes more client
  ///   CPU
  public record ClientOptions(
      RetryPolicy retries,
      ConcurrencyLimit concurrency,
      Timeouts limits,
      Budget budget,
      boolean streaming) {}

  /// @param cancellation checked before every request
  public ChatClient(Endpoint endpoint, ClientOptions options, CancellationToken cancellation) {
    this.endpoint = endpoint;
    this.options = options;
    this.cancellation = cancellation;
    this.replicas = new Replicas(endpoint.baseUrls());
    this.permits = new AdaptiveSemaphore(options.concurrency);
    this.reader = new ReplyReader(endpoint);
  }

  /// @param concurrency maximum number of requests in flight
  /// @param patience time limit of one attempt
  public ChatClient(Endpoint endpoint, RetryPolicy retries, int concurrency, Duration patience) {
    this(
        endpoint,
        new ClientOptions(
            retries,
            ConcurrencyLimit.fixed(concurrency),
            Timeouts.of(patience),
            Budget.NONE,
            false),
        new CancellationToken());
  }

  /// @throws StoppedException when the run is cancelled, or the budget is used up
  /// @throws RequestException when every attempt failed
  public ChatReply send(ChatRequest request) throws RequestException, InterruptedException {
    ChatBody body = ChatBody.of(endpoint, request, options.streaming);
    String path = request.raw() ? COMPLETIONS_PATH : CHAT_PATH;
    long deadline = System.nanoTime() + options.limits.request().toNanos();
    List<Failure> retried = new ArrayList<>();
    for (int made = 1; ; made++) {
      AttemptResult attempt = attempt(path, body);
      ChatReply reply = attempt.reply();
      if (reply != null) {
        return counted(retried.isEmpty() ? reply : reply.after(retried));
      }
      Duration wait = wait(attempt, made, deadline);
      if (wait == null) {
        String tried = made > 1 ? " (tried " + made + " times)" : "";
        throw new RequestException(attempt.failure(tried), attempt.status(), retried);
      }
      retried.add(attempt.failure(""));
      if (!wait.isZero() && cancellation.sleep(wait)) {
        throw new StoppedException();
      }
    }
  }

  private ChatReply counted(ChatReply reply) {
    Tokenizer tokenizer = endpoint.tokenizer();
    return tokenizer == null || reply.usage().output() != null
        ? reply
        : reply.with(reply.usage().counted(tokenizer, reply.text()));
  }

  /// How long to wait before the next attempt, or null when there is none.
  private @Nullable Duration wait(AttemptResult attempt, int made, long deadline) {
    if (!attempt.again()) {
      return null;
    }
    double draw = ThreadLocalRandom.current().nextDouble();
    Optional<Duration> wait = options.retries.wait(made, attempt.retryAfter(), Instant.now(), draw);
    if (wait.isEmpty() || System.nanoTime() + wait.get().toNanos() - deadline > 0) {
      return null;
    }
    return attempt.elsewhere() ? Duration.ZERO : wait.get();
  }

  /// The number of worker threads that keep this client busy: one for each possible request in
  /// flight, plus some that meanwhile read and encode images or write to the journal.
  public int workerCount() {
    int inFlight = options.concurrency.most();
    return inFlight + inFlight / 2 + SPARE_WORKERS;
  }

  public List<String> addresses() {
    return endpoint.baseUrls();
  }

  /// Whether every server is ready, that is, answers `/models`.
  public boolean isReady() throws InterruptedException {
    for (String url : endpoint.baseUrls()) {
      if (!ServerProbe.get(url + "/models", endpoint.apiKey(), options.limits.total()).isThere()) {
        return false;
      }
    }
    return true;
  }

  /// Whether the server supports `/completions`, and so a chat template applied by the client.
  /// Tested with a request for one token.
  ///
  /// @throws RequestException when the server is unreachable or rejects the credentials
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

  private AttemptResult attempt(String path, ChatBody body)
      throws StoppedException, InterruptedException {
    permits.acquire();
    boolean succeeded = false;
    boolean overloaded = false;
    try {
      spend();
      AttemptResult attempt = sent(path, body);
      succeeded = attempt.reply() != null;
      overloaded = attempt.isOverload();
      return attempt;
    } finally {
      permits.release(succeeded, overloaded, System.nanoTime());
    }
  }

  private AttemptResult sent(String path, ChatBody body) throws InterruptedException {
    Replica replica = replicas.take(System.nanoTime());
    boolean reached = false;
    boolean other = false;
    AttemptResult attempt;
    try {
      attempt = exchange(replica.baseUrl(), path, body);
      reached = attempt.kind() != FailureKind.CONNECTION;
    } finally {
      other = replicas.back(replica, reached, System.nanoTime());
    }
    return attempt.elsewhere(other);
  }

  /// @throws StoppedException when no further request may be sent
  private void spend() throws StoppedException {
    if (cancellation.isCancelled()) {
      throw new StoppedException();
    }
    Optional<String> exhausted = options.budget.exhausted(spent());
    if (exhausted.isPresent()) {
      cancellation.cancel(
          new CancellationToken.Reason(
              false, "the budget of %s is used up: %s".formatted(endpoint, exhausted.get())));
      throw new StoppedException();
    }
    spend(new Budget.Spent(1, 0, 0));
  }

  private AttemptResult exchange(String baseUrl, String path, ChatBody body)
      throws InterruptedException {
    HttpPost post = new HttpPost(baseUrl + path);
    post.setEntity(body);
    if (endpoint.apiKey() != null) {
      post.setHeader("Authorization", "Bearer " + endpoint.apiKey());
    }
    try (Watchdog watchdog = new Watchdog(post, options.limits)) {
      try {
        long millis = System.currentTimeMillis();
        long sent = System.nanoTime();
        AttemptResult attempt =
            Connections.execute(post, response -> read(path, response, sent, watchdog));
        ChatReply reply = attempt.reply();
        if (reply != null) {
          double seconds = (System.nanoTime() - sent) / 1e9;
          spend(new Budget.Spent(0, count(reply.usage().input()), count(reply.usage().output())));
          return attempt.with(reply.sent(new ChatReply.Sent(millis, seconds)));
        } else if (watchdog.timedOut()) {
          return late(baseUrl); // an aborted connection may look like the end of a reply
        }
        return attempt;
      } catch (UnknownHostException e) {
        return AttemptResult.failed(
            FailureKind.CONNECTION,
            "unknown host " + e.getMessage(),
            endpoint.baseUrls().size() > 1);
      } catch (IOException e) {
        if (e instanceof InterruptedIOException && Thread.interrupted()) {
          throw new InterruptedException();
        } else if (watchdog.timedOut()) {
          return late(baseUrl);
        }
        return AttemptResult.failed(
            FailureKind.CONNECTION,
            "no answer from %s at %s: %s".formatted(endpoint.model(), baseUrl, e.getMessage()),
            true);
      }
    }
  }

  private AttemptResult late(String baseUrl) {
    return AttemptResult.failed(
        FailureKind.TIMEOUT,
        "no complete answer in time from %s at %s".formatted(endpoint.model(), baseUrl),
        true);
  }

  private synchronized Budget.Spent spent() {
    return spent;
  }

  private synchronized void spend(Budget.Spent more) {
    spent = spent.and(more);
  }

  private static long count(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private AttemptResult read(
      String path, ClassicHttpResponse response, long sent, Watchdog watchdog) throws IOException {
    watchdog.heard();
    Optional<TimedChunks> read =
        response.getEntity() == null
            ? Optional.of(TimedChunks.NOTHING)
            : TimedChunks.read(
                response.getEntity().getContent(),
                response.getEntity().getContentLength(),
                watchdog::heard);
    if (read.isEmpty()) {
      return AttemptResult.failed(
          FailureKind.PROTOCOL, "a reply of more than 16 MB from " + endpoint, false);
    }
    TimedChunks pieces = read.get();
    int status = response.getCode();
    if (status != 200) {
      Header after = response.getFirstHeader("Retry-After");
      return reader.refused(status, pieces.text(), after == null ? null : after.getValue());
    }
    boolean raw = path.equals(COMPLETIONS_PATH);
    Header type = response.getFirstHeader("Content-Type");
    return type != null && type.getValue().startsWith("text/event-stream")
        ? reader.streamed(pieces, raw, sent)
        : reader.whole(pieces, raw);
  }

  /// Does nothing: all clients of the process share its connections.
  @Override
  public void close() {}
}
