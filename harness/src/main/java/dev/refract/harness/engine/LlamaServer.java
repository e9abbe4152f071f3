package dev.refract.harness.engine;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.os.CancellationToken;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A server of llama.cpp that serves one model to this process alone. It is started with the first
/// request, answers on the loopback address and for a random key only, and ends with this process.
/// If a request crashes it, the request is sent once more, alone, to a new one.
public final class LlamaServer implements AutoCloseable {

  private final LlamaCpp program;
  private final Model model;
  private final CancellationToken cancellation;

  /// Requests share it; one that is sent again after a crash has it alone.
  private final ReadWriteLock calls = new ReentrantReadWriteLock();

  private final ReentrantLock starting = new ReentrantLock();
  private @Nullable LlamaProcess running;
  private @Nullable StateFolder states;
  private boolean closed;

  /// What is served.
  ///
  /// @param weights a GGUF file
  /// @param projector a vision model's second GGUF file, or null
  /// @param contextTokens for one request
  /// @param slots requests that are computed at once
  public record Model(Path weights, @Nullable Path projector, int contextTokens, int slots) {}

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
    return exchange(server -> server.client().send(request.with(sampled(request))));
  }

  /// Sends a prompt whose beginnings are each evaluated on their own, from the cache that the one
  /// before left, so that the reply does not depend on what the slot computed before.
  ///
  /// @param slot that evaluates it
  /// @param beginnings of the same prompt, each longer than the one before: where prompts part
  /// @return the reply, with the time of all parts
  /// @throws RequestException as {@link #send}
  public ChatReply send(int slot, List<ChatRequest> beginnings, ChatRequest prompt)
      throws RequestException, InterruptedException {
    return exchange(server -> {
      int known = beginnings.size();
      while (known > 0 && !server.restore(slot, known - 1, beginnings.get(known - 1))) {
        known--;
      }
      List<ChatReply> parts = new ArrayList<>();
      for (int i = known; i < beginnings.size(); i++) {
        parts.add(server.client().send(beginnings.get(i).with(evaluated(slot, i > 0))));
        server.save(slot, i, beginnings.get(i));
      }
      ChatReply reply = server.client().send(prompt.with(kept(slot, prompt)));
      for (ChatReply part : parts) {
        reply = reply.including(part);
      }
      return reply;
    });
  }

  /// Only the prompt, without the template's words that ask for a reply.
  private static Map<String, Object> evaluated(int slot, boolean continued) {
    return Map.of(
        "max_tokens",
        0,
        "add_generation_prompt",
        false,
        "id_slot",
        slot,
        "cache_prompt",
        continued);
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

    ChatReply to(LlamaProcess server) throws RequestException, InterruptedException;
  }

  private ChatReply exchange(Requests requests) throws RequestException, InterruptedException {
    calls.readLock().lockInterruptibly();
    try {
      LlamaProcess server = running();
      try {
        return requests.to(server);
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
      LlamaProcess server = running();
      try {
        return requests.to(server);
      } catch (RequestException e) {
        if (isCrash(e) && server.isGone()) {
          throw server.crashedTwice();
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

  private LlamaProcess running() throws RequestException, InterruptedException {
    starting.lockInterruptibly();
    try {
      LlamaProcess now = running;
      if (closed) {
        throw new RequestException(FailureKind.MODEL, "the model is closed");
      } else if (now != null && now.process().isAlive()) {
        return now;
      }
      running = null; // what is left of it is gone
      running = LlamaProcess.start(program, model, states(), cancellation);
      return running;
    } catch (StoppedException e) {
      throw e;
    } catch (RequestException e) {
      throw closed ? e : stopped(e.failure().message());
    } catch (IOException e) {
      throw stopped("llama.cpp cannot be started: " + e.getMessage());
    } finally {
      starting.unlock();
    }
  }

  /// A model that cannot be loaded fails every request, so that the run need not go on.
  private RequestException stopped(String why) {
    cancellation.cancel(new CancellationToken.Reason(false, why));
    return new RequestException(FailureKind.MODEL, why);
  }

  private Path states() throws IOException {
    if (states == null) {
      try {
        states = StateFolder.create();
      } catch (IOException e) {
        throw new IOException(
            "it needs a folder for temporary files that exists and can be written, found %s (-Djava.io.tmpdir in JAVA_TOOL_OPTIONS names another)"
                .formatted(System.getProperty("java.io.tmpdir")),
            e);
      }
    }
    return states.path();
  }

  @Override
  public void close() {
    starting.lock();
    try {
      closed = true;
      if (running != null) {
        running.close();
      }
      if (states != null) {
        states.close();
      }
    } catch (IOException _) {
      // its input is closed already
    } finally {
      starting.unlock();
    }
  }
}
