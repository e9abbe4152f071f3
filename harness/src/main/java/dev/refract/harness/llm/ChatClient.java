package dev.refract.harness.llm;

import dev.refract.harness.llm.AttemptResult.Health;
import dev.refract.harness.net.Access;
import dev.refract.harness.net.ServerProbe;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Limits;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.Replicas;
import dev.refract.harness.pace.Replicas.Replica;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.Provider;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A client of one model on OpenAI-compatible servers, for `/chat/completions` and `/completions`.
/// Its calls block and are meant for virtual threads.
public final class ChatClient implements ModelServer.Live, AutoCloseable {

  private static final int SPARE_WORKERS = 2;
  private static final String CHAT_PATH = "/chat/completions";
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_RECORDED = 20;

  private final Endpoint endpoint;
  private final ClientOptions options;
  private final CancellationToken cancellation;
  private final Replicas replicas;
  private final Admission admission;
  private final Exchange exchange;
  private final SpentBudget spent;
  private volatile RequestForm form;

  /// The options of a client.
  ///
  /// @param pace of all clients of the same servers
  /// @param limits on requests and tokens, and how long a server is waited for
  /// @param streaming whether replies are streamed, which yields latencies but takes more client
  ///   CPU
  /// @param notices what the user learns while the client works
  public record ClientOptions(
      RetryPolicy retries,
      ConcurrencyLimit concurrency,
      Pace pace,
      Limits limits,
      Timeouts timeouts,
      Budget budget,
      boolean streaming,
      Notices notices) {}

  /// @param cancellation checked before every request
  public ChatClient(Endpoint endpoint, ClientOptions options, CancellationToken cancellation) {
    this.endpoint = endpoint;
    this.options = options;
    this.cancellation = cancellation;
    this.replicas = new Replicas(endpoint.baseUrls());
    this.admission =
        new Admission(
            endpoint.toString(),
            options.concurrency,
            options.pace,
            options.limits.patience(),
            options.retries.attempts() > 1,
            cancellation,
            options.notices);
    options.pace.limitTo(options.limits);
    this.spent = new SpentBudget(endpoint.toString(), options.budget, options.notices);
    this.exchange =
        new Exchange(
            endpoint,
            options.timeouts,
            new ReplyReader(
                endpoint, new ModelEcho(endpoint.model(), endpoint.toString(), options.notices)),
            new UploadCheck(),
            spent,
            options.pace);
    this.form = endpoint.form();
  }

  /// @param concurrency maximum number of requests in flight
  /// @param patience time limit of one attempt
  public ChatClient(Endpoint endpoint, RetryPolicy retries, int concurrency, Duration patience) {
    this(
        endpoint,
        new ClientOptions(
            retries,
            ConcurrencyLimit.fixed(concurrency),
            Pace.unlimited(),
            Limits.NONE,
            Timeouts.of(patience),
            Budget.NONE,
            false,
            Notices.none()),
        new CancellationToken());
  }

  /// @throws StoppedException when the run is cancelled, or the budget is used up
  /// @throws RequestException when every attempt failed
  public ChatReply send(ChatRequest request) throws RequestException, InterruptedException {
    ChatBody body = ChatBody.of(endpoint.model(), form, request, options.streaming);
    String path = request.raw() ? Exchange.COMPLETIONS_PATH : CHAT_PATH;
    List<Failure> retried = new ArrayList<>();
    long left = options.timeouts.request().toNanos();
    int made = 0;
    while (true) {
      long begun = System.nanoTime();
      AttemptResult attempt = attempt(path, body);
      ChatReply reply = attempt.reply();
      if (reply != null) {
        return counted(retried.isEmpty() ? reply : reply.after(retried));
      }
      Duration wait = Duration.ZERO;
      if (counts(attempt)) {
        made++;
        // The time of an attempt, not that of a pause before it.
        left -= Math.min(System.nanoTime() - begun, options.timeouts.total().toNanos());
        Duration next = wait(attempt, made, left);
        if (next == null) {
          String tried = made > 1 ? " (tried " + made + " times)" : "";
          throw new RequestException(attempt.failure(tried), attempt.status(), retried);
        }
        wait = next;
        left -= wait.toNanos();
      }
      if (retried.size() < MAX_RECORDED) {
        retried.add(attempt.failure(""));
      }
      if (!wait.isZero() && cancellation.sleep(wait)) {
        throw new StoppedException();
      }
    }
  }

  /// Whether a failure counts as one of a request's attempts. A server that limits the rate or is
  /// away says nothing about the request; {@link Admission} waits for it. An address that never
  /// replied is probably wrong, so it is not waited for.
  private boolean counts(AttemptResult attempt) {
    if (!attempt.again() || options.retries.attempts() == 1) {
      return true;
    }
    return switch (attempt.health()) {
      case WORKING, FAILING -> true;
      case LIMITED -> false;
      case AWAY -> !attempt.connected() && !admission.hasAnswered();
    };
  }

  private ChatReply counted(ChatReply reply) {
    Tokenizer tokenizer = endpoint.tokenizer();
    return tokenizer == null || reply.usage().output() != null
        ? reply
        : reply.with(reply.usage().counted(tokenizer, reply.text()));
  }

  /// How long to wait before the next attempt, or null when there is none.
  ///
  /// @param left of the time limit of the whole request, in nanoseconds
  private @Nullable Duration wait(AttemptResult attempt, int made, long left) {
    if (!attempt.again()) {
      return null;
    }
    double draw = ThreadLocalRandom.current().nextDouble();
    Optional<Duration> wait = options.retries.wait(made, draw);
    if (wait.isEmpty() || wait.get().toNanos() > left) {
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

  public Access access() {
    return endpoint.access();
  }

  /// Whether every server answers `/models`.
  @Override
  public boolean isReady() throws InterruptedException {
    for (String url : endpoint.baseUrls()) {
      if (!isReady(url)) {
        return false;
      }
    }
    return true;
  }

  private boolean isReady(String url) throws InterruptedException {
    return ServerProbe.get(url + "/models", endpoint.access(), PROBE_TIMEOUT).isThere();
  }

  /// What each server says about the model that it serves. Where the user named no provider, the
  /// server's own word decides which names its parameters have.
  @Override
  public List<ServedModel> served() throws InterruptedException {
    List<ServedModel> served = new ArrayList<>();
    for (String url : endpoint.baseUrls()) {
      ServedModel one = ServedModels.of(url, endpoint.model(), endpoint.access());
      served.add(one);
      String owner = one.ownedBy();
      if (form.provider().equals(Provider.UNKNOWN) && owner != null) {
        ProviderCatalog.owning(owner).ifPresent(this::recognized);
      }
    }
    return served;
  }

  private void recognized(Provider provider) {
    List<String> ignored = form.wanted().filter(provider.omit()::contains).toList();
    if (!ignored.isEmpty()) {
      options.notices.sayOnce(
          "provider of " + endpoint,
          "Warning: %s is %s, which ignores %s"
              .formatted(endpoint, provider.id(), String.join(", ", ignored)));
    }
    form = form.of(provider);
  }

  @Override
  public String thinkingAdvice() {
    return form.provider().thinking();
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
    Admission.Ticket ticket = admission.acquire();
    AttemptResult attempt = null;
    try {
      if (!ticket.probes() || isBack()) {
        spend();
        attempt = sent(path, body);
      } else {
        attempt = AttemptResult.unreachable("no answer to a probe of " + endpoint);
      }
      return attempt;
    } finally {
      if (attempt == null) {
        admission.release();
      } else {
        admission.release(ticket, attempt);
      }
    }
  }

  /// Whether a server that was away replies to anything, so that no request is spent on it.
  private boolean isBack() throws InterruptedException {
    for (String url : endpoint.baseUrls()) {
      ServerProbe.Page page = ServerProbe.get(url + "/models", endpoint.access(), PROBE_TIMEOUT);
      if (page.status() > 0 && page.status() < 500) {
        admission.seen();
        return true;
      }
    }
    return false;
  }

  private AttemptResult sent(String path, ChatBody body) throws InterruptedException {
    Replica replica = replicas.take(System.nanoTime());
    boolean reached = false;
    boolean other = false;
    AttemptResult attempt;
    try {
      attempt = exchange.send(replica.baseUrl(), path, body);
      reached = attempt.kind() != FailureKind.CONNECTION && attempt.health() != Health.AWAY;
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
    Optional<String> exhausted = spent.exhausted();
    if (exhausted.isPresent()) {
      cancellation.cancel(
          new CancellationToken.Reason(
              false, "the budget of %s is used up: %s".formatted(endpoint, exhausted.get())));
      throw new StoppedException();
    }
    spent.request();
  }

  /// Does nothing: all clients of the process share its connections.
  @Override
  public void close() {}
}
