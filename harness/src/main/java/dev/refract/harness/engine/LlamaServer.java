package dev.refract.harness.engine;

import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatClient.ClientOptions;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.RequestForm;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.net.Access;
import dev.refract.harness.net.ServerProbe;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.GuardedProcess;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Limits;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A server of llama.cpp that serves one model to this process alone. It is started with the first
/// request, answers on the loopback address and for a random key only, and ends with this process.
/// If a request crashes it, the request is sent once more, alone, to a new one.
public final class LlamaServer implements AutoCloseable {

  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(30);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final long EXIT_SECONDS = 5;

  /// Variables of llama.cpp that choose devices. Others that a user has set for servers of their
  /// own could change replies.
  private static final Set<String> DEVICES =
      Set.of(
          "LLAMA_ARG_N_GPU_LAYERS",
          "LLAMA_ARG_DEVICE",
          "LLAMA_ARG_MAIN_GPU",
          "LLAMA_ARG_SPLIT_MODE",
          "LLAMA_ARG_TENSOR_SPLIT",
          "LLAMA_ARG_NUMA");

  private final LlamaCpp program;
  private final Model model;
  private final CancellationToken cancellation;

  /// Requests share it; one that is sent again after a crash has it alone.
  private final ReadWriteLock calls = new ReentrantReadWriteLock();

  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable Running running;
  private @Nullable StateFolder states;
  private boolean closed;

  /// What is served.
  ///
  /// @param weights a GGUF file
  /// @param projector a vision model's second GGUF file, or null
  /// @param contextTokens for one request
  /// @param slots requests that are computed at once
  public record Model(Path weights, @Nullable Path projector, int contextTokens, int slots) {}

  /// @param address without a path
  private record Running(
      Process process, LogTail log, ChatClient client, String address, Access access) {

    /// Keeps the cache of a slot as it is now. A build that cannot is asked for the beginning of a
    /// prompt again instead.
    void save(int slot) throws InterruptedException {
      slot(slot, "save");
    }

    /// @return whether the cache is again what was saved last
    boolean restore(int slot) throws InterruptedException {
      return slot(slot, "restore");
    }

    private boolean slot(int slot, String action) throws InterruptedException {
      String file = "{\"filename\":\"slot-%d.bin\"}".formatted(slot);
      return ServerProbe.post(
              "%s/slots/%d?action=%s".formatted(address, slot, action),
              file,
              access,
              REQUEST_TIMEOUT)
          .isThere();
    }

    boolean isGone() throws InterruptedException {
      return process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
    }

    RequestException crashed(int times) throws InterruptedException {
      process.waitFor();
      return new RequestException(
          FailureKind.MODEL,
          "llama.cpp ended with code %d during this request%s; its last lines: %s"
              .formatted(process.exitValue(), times > 1 ? ", twice" : "", log.text()));
    }
  }

  /// Starts nothing yet.
  ///
  /// @param cancellation checked before each request
  public LlamaServer(LlamaCpp program, Model model, CancellationToken cancellation) {
    this.program = program;
    this.model = model;
    this.cancellation = cancellation;
  }

  public int slots() {
    return model.slots;
  }

  /// @throws RequestException when the model fails, cannot be loaded, or crashes twice
  public ChatReply send(ChatRequest request) throws RequestException, InterruptedException {
    return exchange((server, _) -> server.client.send(request.with(sampled(request))));
  }

  /// Sends a prompt whose beginning is evaluated on its own, so that the reply does not depend on
  /// what the slot's cache held before.
  ///
  /// @param slot that evaluates it
  /// @param beginning the same prompt up to where others may differ from it
  /// @param known whether this slot evaluated that beginning last, and nothing else since but
  ///   prompts that begin with it
  /// @return the reply, with the time of both parts
  /// @throws RequestException as {@link #send}
  public ChatReply send(int slot, ChatRequest beginning, boolean known, ChatRequest prompt)
      throws RequestException, InterruptedException {
    return exchange((server, again) -> {
      if (known && !again && server.restore(slot)) {
        return server.client.send(prompt.with(kept(slot, prompt)));
      }
      ChatReply first = server.client.send(beginning.with(evaluated(slot)));
      server.save(slot);
      return server.client.send(prompt.with(kept(slot, prompt))).including(first);
    });
  }

  private static Map<String, Object> evaluated(int slot) {
    return Map.of("max_tokens", 0, "id_slot", slot, "cache_prompt", false);
  }

  /// llama.cpp's defaults would cut the tail of the distribution. Where only the most probable
  /// token counts, it need not look at the others.
  private static Map<String, Object> sampled(ChatRequest request) {
    Map<String, Object> parameters = new HashMap<>(request.extra());
    parameters.put("top_k", request.sampling().temperature() == 0 ? 1 : 0);
    parameters.put("min_p", 0);
    return parameters;
  }

  private static Map<String, Object> kept(int slot, ChatRequest prompt) {
    Map<String, Object> parameters = sampled(prompt);
    parameters.put("id_slot", slot);
    parameters.put("cache_prompt", true);
    return parameters;
  }

  /// Requests to a running server.
  @FunctionalInterface
  private interface Requests {

    /// @param again whether the server before crashed during them
    ChatReply to(Running server, boolean again) throws RequestException, InterruptedException;
  }

  private ChatReply exchange(Requests requests) throws RequestException, InterruptedException {
    calls.readLock().lockInterruptibly();
    try {
      Running server = running();
      try {
        return requests.to(server, false);
      } catch (RequestException e) {
        if (!isCrash(e) || !server.isGone()) {
          throw named(e);
        }
      }
    } finally {
      calls.readLock().unlock();
    }
    calls.writeLock().lockInterruptibly();
    try {
      Running server = running();
      try {
        return requests.to(server, true);
      } catch (RequestException e) {
        if (isCrash(e) && server.isGone()) {
          throw server.crashed(2);
        }
        throw named(e);
      }
    } finally {
      calls.writeLock().unlock();
    }
  }

  /// A prompt that does not fit has a kind of failure of its own.
  private RequestException named(RequestException e) {
    return e.failure().kind() == FailureKind.REFUSED && e.failure().message().contains("context")
        ? new RequestException(
            FailureKind.CONTEXT,
            "the prompt is too long for the model on this machine: at most %d tokens with the reply"
                .formatted(model.contextTokens))
        : e;
  }

  private static boolean isCrash(RequestException e) {
    return !(e instanceof StoppedException)
        && (e.failure().kind() == FailureKind.CONNECTION
            || e.failure().kind() == FailureKind.PROTOCOL);
  }

  private Running running() throws RequestException, InterruptedException {
    starting.lockInterruptibly();
    try {
      Running now = running;
      if (closed) {
        throw new RequestException(FailureKind.MODEL, "the model is closed");
      } else if (now != null && now.process.isAlive()) {
        return now;
      }
      running = null; // what is left of it is gone
      running = started();
      return running;
    } catch (IOException e) {
      throw new RequestException(
          FailureKind.MODEL, "llama.cpp cannot be started: " + e.getMessage());
    } finally {
      starting.unlock();
    }
  }

  private Running started() throws IOException, RequestException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String key = HexFormat.of().formatHex(random, 0, 16);
    // By its name we know that it is ours which answers at the port.
    String name = "refract-" + HexFormat.of().formatHex(random, 16, 24);
    List<String> command = new ArrayList<>(program.command());
    command.addAll(List.of("--slot-save-path", states().toString() + "/"));
    ProcessBuilder builder = GuardedProcess.of(command);
    set(builder.environment(), name, key, port);
    Process process = builder.start();
    LogTail log = LogTail.of(process.getInputStream());
    String address = "http://127.0.0.1:" + port;
    String url = address + "/v1";
    boolean ready = false;
    try {
      awaitReady(process, log, url, name, Access.key(key));
      ready = true;
      return new Running(process, log, client(url, name, key), address, Access.key(key));
    } finally {
      if (!ready) {
        GuardedProcess.end(process);
      }
    }
  }

  private Path states() throws IOException {
    if (states == null) {
      states = StateFolder.create();
    }
    return states.path();
  }

  private void set(Map<String, String> environment, String name, String key, int port) {
    environment
        .keySet()
        .removeIf(variable -> variable.startsWith("LLAMA_ARG_") && !DEVICES.contains(variable));
    environment.put("LLAMA_ARG_MODEL", model.weights.toAbsolutePath().toString());
    if (model.projector != null) {
      environment.put("LLAMA_ARG_MMPROJ", model.projector.toAbsolutePath().toString());
    }
    environment.put("LLAMA_ARG_ALIAS", name);
    environment.put("LLAMA_ARG_HOST", "127.0.0.1");
    environment.put("LLAMA_ARG_PORT", "" + port);
    environment.put("LLAMA_API_KEY", key);
    environment.put("LLAMA_ARG_CTX_SIZE", "" + model.contextTokens * model.slots);
    environment.put("LLAMA_ARG_N_PARALLEL", "" + model.slots);
    environment.put("LLAMA_ARG_THREADS", "" + Runtime.getRuntime().availableProcessors());
    // A prompt that was put aside and is fetched back would make a reply depend on those before it.
    environment.put("LLAMA_ARG_CACHE_RAM", "0");
    environment.put("LLAMA_ARG_CACHE_IDLE_SLOTS", "0");
  }

  private void awaitReady(Process process, LogTail log, String url, String name, Access access)
      throws RequestException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      ServerProbe.Page page = ServerProbe.get(url + "/models", access, PROBE_TIMEOUT);
      if (!process.isAlive()) {
        throw new RequestException(
            FailureKind.MODEL,
            "llama.cpp (%s) cannot load %s; its last lines: %s"
                .formatted(program.version(), model.weights, log.text()));
      } else if (page.isThere() && page.text().contains(name)) {
        return;
      } else if (System.nanoTime() > deadline) {
        throw new RequestException(
            FailureKind.MODEL,
            "llama.cpp (%s) did not load %s within %d minutes"
                .formatted(program.version(), model.weights, START_TIMEOUT.toMinutes()));
      } else if (cancellation.sleep(POLL_INTERVAL)) {
        throw new StoppedException();
      }
    }
  }

  private ChatClient client(String url, String name, String key) {
    RequestForm form =
        new RequestForm(
            ProviderCatalog.get("llama.cpp"), Map.of(), Set.of(), Set.of(), Map.of(), null);
    return new ChatClient(
        new Endpoint(List.of(url), name, Access.key(key), form, null),
        new ClientOptions(
            RetryPolicy.NONE,
            ConcurrencyLimit.fixed(model.slots),
            Pace.unlimited(),
            Limits.NONE,
            Timeouts.of(REQUEST_TIMEOUT),
            Budget.NONE,
            false,
            Notices.none()),
        cancellation);
  }

  @Override
  public void close() {
    starting.lock();
    try {
      closed = true;
      if (running != null) {
        GuardedProcess.end(running.process);
      }
      if (states != null) {
        states.close();
      }
    } catch (IOException _) {
      // its input is closed already
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      starting.unlock();
    }
  }
}
