package dev.refract.harness.engine;

import dev.refract.harness.engine.LlamaServer.Model;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatClient.ClientOptions;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One process of llama.cpp's server, from its start to its end.
///
/// @param address without a path
/// @param saved the last request that a slot had evaluated when its cache was saved, by file
record LlamaProcess(
    Process process,
    LogTail log,
    ChatClient client,
    String address,
    Access access,
    Map<String, ChatRequest> saved)
    implements AutoCloseable {

  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(30);
  private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration LOG_TIMEOUT = Duration.ofSeconds(2);
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

  /// Starts it and waits until the model is loaded.
  ///
  /// @param states folder of the slots' saved caches
  /// @throws RequestException when the model cannot be loaded
  static LlamaProcess start(
      LlamaCpp program, Model model, Path states, CancellationToken cancellation)
      throws IOException, RequestException, InterruptedException {
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
    command.addAll(List.of("--slot-save-path", states.toString() + "/"));
    ProcessBuilder builder = GuardedProcess.of(command);
    set(builder.environment(), model, name, key, port);
    Process process = builder.start();
    LogTail log = LogTail.of(process.getInputStream());
    String address = "http://127.0.0.1:" + port;
    String url = address + "/v1";
    boolean ready = false;
    try {
      LlamaProcess loading =
          new LlamaProcess(
              process,
              log,
              client(model, url, name, key, cancellation),
              address,
              Access.key(key),
              new ConcurrentHashMap<>());
      loading.awaitReady(program, model, name, cancellation);
      ready = true;
      return loading;
    } finally {
      if (!ready) {
        GuardedProcess.end(process);
      }
    }
  }

  private static void set(
      Map<String, String> environment, Model model, String name, String key, int port) {
    environment
        .keySet()
        .removeIf(variable -> variable.startsWith("LLAMA_ARG_") && !DEVICES.contains(variable));
    environment.put("LLAMA_ARG_MODEL", model.weights().toAbsolutePath().toString());
    if (model.projector() != null) {
      environment.put("LLAMA_ARG_MMPROJ", model.projector().toAbsolutePath().toString());
    }
    environment.put("LLAMA_ARG_ALIAS", name);
    environment.put("LLAMA_ARG_HOST", "127.0.0.1");
    environment.put("LLAMA_ARG_PORT", "" + port);
    environment.put("LLAMA_API_KEY", key);
    environment.put("LLAMA_ARG_CTX_SIZE", "" + model.contextTokens() * model.slots());
    environment.put("LLAMA_ARG_N_PARALLEL", "" + model.slots());
    environment.put("LLAMA_ARG_THREADS", "" + Runtime.getRuntime().availableProcessors());
    // GNU's OpenMP lets its threads wait actively, which hurts where another program needs the
    // processor; fewer turns cost nothing on a quiet machine.
    environment.putIfAbsent("GOMP_SPINCOUNT", "1000");
    // A prompt that was put aside and is fetched back would make a reply depend on those before it.
    environment.put("LLAMA_ARG_CACHE_RAM", "0");
    environment.put("LLAMA_ARG_CACHE_IDLE_SLOTS", "0");
  }

  private void awaitReady(
      LlamaCpp program, Model model, String name, CancellationToken cancellation)
      throws RequestException, InterruptedException {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (true) {
      ServerProbe.Page page = ServerProbe.get(address + "/v1/models", access, PROBE_TIMEOUT);
      if (!process.isAlive()) {
        log.ended(LOG_TIMEOUT);
        throw new RequestException(
            FailureKind.MODEL,
            "%s cannot load %s: %s"
                .formatted(
                    program.version(),
                    model.projector() == null
                        ? model.weights().toString()
                        : model.weights() + " with " + model.projector(),
                    log.text()));
      } else if (page.isThere() && page.text().contains(name)) {
        return;
      } else if (System.nanoTime() > deadline) {
        throw new RequestException(
            FailureKind.MODEL,
            "%s did not load %s within %d minutes"
                .formatted(program.version(), model.weights(), START_TIMEOUT.toMinutes()));
      } else if (cancellation.sleep(POLL_INTERVAL)) {
        throw new StoppedException();
      }
    }
  }

  private static ChatClient client(
      Model model, String url, String name, String key, CancellationToken cancellation) {
    RequestForm form =
        new RequestForm(
            ProviderCatalog.get("llama.cpp"), Map.of(), Set.of(), Set.of(), Map.of(), null);
    return new ChatClient(
        new Endpoint(List.of(url), name, Access.key(key), form, null),
        new ClientOptions(
            RetryPolicy.NONE,
            ConcurrencyLimit.fixed(model.slots()),
            Pace.unlimited(),
            Limits.NONE,
            Timeouts.of(REQUEST_TIMEOUT),
            Budget.NONE,
            false,
            Notices.none()),
        cancellation);
  }

  /// Keeps the cache of a slot as it is after this request. A build that cannot evaluates the
  /// beginning of a prompt again instead.
  ///
  /// @param level how many shorter beginnings of the same prompt are kept
  void save(int slot, int level, ChatRequest evaluated) throws InterruptedException {
    if (slot(slot, level, "save")) {
      saved.put(file(slot, level), evaluated);
    }
  }

  /// @return whether the slot's cache is again as it was after this request
  boolean restore(int slot, int level, ChatRequest evaluated) throws InterruptedException {
    return evaluated.equals(saved.get(file(slot, level))) && slot(slot, level, "restore");
  }

  private boolean slot(int slot, int level, String action) throws InterruptedException {
    return ServerProbe.post(
            "%s/slots/%d?action=%s".formatted(address, slot, action),
            "{\"filename\":\"%s\"}".formatted(file(slot, level)),
            access,
            REQUEST_TIMEOUT)
        .isThere();
  }

  private static String file(int slot, int level) {
    return "slot-%d-%d.bin".formatted(slot, level);
  }

  boolean isGone() throws InterruptedException {
    return process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS);
  }

  RequestException crashedTwice() throws InterruptedException {
    process.waitFor();
    log.ended(LOG_TIMEOUT);
    return new RequestException(
        FailureKind.MODEL,
        "llama.cpp ended with code %d during this request, twice: %s"
            .formatted(process.exitValue(), log.text()));
  }

  @Override
  public void close() throws IOException {
    try {
      GuardedProcess.end(process);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
