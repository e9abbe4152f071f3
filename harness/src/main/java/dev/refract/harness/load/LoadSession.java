package dev.refract.harness.load;

import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.gpu.Telemetry;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.run.LoadTestCaptions;
import dev.refract.manifest.Sampling;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadStep;
import dev.refract.reports.load.Validity;
import dev.refract.reports.tally.HardwareTally;
import dev.refract.reports.telemetry.Hardware;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Runs loads of several shapes on one server. No two requests of a session are alike while the
/// images last.
public final class LoadSession {

  private static final long MILLION = 1_000_000;

  private final Target target;
  private final Windows windows;
  private final GpuSource gpus;
  private final CancellationToken cancellation;
  private final @Nullable Integer textTokens;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger warmed = new AtomicInteger();
  private final Map<String, ChatReply> replies = new LinkedHashMap<>();
  private final List<TelemetryRecord> telemetry = new ArrayList<>();
  private final TreeSet<String> counters = new TreeSet<>();

  /// The server and the requests to send.
  ///
  /// @param prompt sent with each image; requests without an image have their own texts
  public record Target(ChatClient client, Sampling sampling, LoadImages pictures, String prompt) {}

  /// Durations, number of windows and goodput limits.
  public record Windows(Duration warmUp, Duration window, int repeats, Goodput goodput) {}

  /// Opens a session. Sends one request without an image to find the tokens that images take.
  public static LoadSession open(
      Target target, Windows windows, GpuSource gpus, CancellationToken cancellation)
      throws InterruptedException {
    return new LoadSession(target, windows, gpus, cancellation, textTokens(target));
  }

  private LoadSession(
      Target target,
      Windows windows,
      GpuSource gpus,
      CancellationToken cancellation,
      @Nullable Integer textTokens) {
    this.target = target;
    this.windows = windows;
    this.gpus = gpus;
    this.cancellation = cancellation;
    this.textTokens = textTokens;
  }

  private static @Nullable Integer textTokens(Target target) throws InterruptedException {
    if (target.pictures instanceof LoadImages.None) {
      return null;
    }
    try {
      Sampling one = new Sampling(0, 1, 1, 1);
      return target.client.send(ChatRequest.of(null, target.prompt, one)).usage().input();
    } catch (RequestException _) {
      return null; // if the server does not work, the load reports it
    }
  }

  public LoadStep measure(LoadShape shape) throws IOException, InterruptedException {
    List<LoadFigures> figures = new ArrayList<>();
    HardwareTally tally = new HardwareTally();
    int captions = 0;
    for (int i = 0; i < windows.repeats && !cancellation.isCancelled(); i++) {
      figures.add(window(shape, tally));
      captions += figures.getLast().requests();
    }
    Hardware hardware = tally.hardware(captions);
    int repeated = Math.max(0, sent.get() - target.pictures.different());
    return LoadStep.of(shape.words(), Validity.of(figures, repeated, hardware), hardware, figures);
  }

  /// Input tokens of a request without its image; null when the server does not report them.
  public @Nullable Integer textTokens() {
    return textTokens;
  }

  /// Describes what counted the tokens: the server or tokenizers.
  public String counters() {
    return counters.isEmpty() ? "no server or tokenizer" : String.join(", ", counters);
  }

  /// The first reply to each image in all windows so far.
  public LoadTestCaptions captions() {
    return new LoadTestCaptions(Map.copyOf(replies), List.copyOf(telemetry));
  }

  private LoadFigures window(LoadShape shape, HardwareTally tally)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("refract-telemetry", ".jsonl");
    try {
      Load.Outcome outcome;
      try (Telemetry _ =
          Telemetry.start(file, gpus, target.client.addresses(), target.client.access())) {
        outcome =
            new Load(this::prepare, shape, windows.warmUp, windows.window, cancellation).run();
      }
      long offset = System.currentTimeMillis() - System.nanoTime() / MILLION;
      long from = outcome.from() / MILLION + offset;
      long to = outcome.to() / MILLION + offset;
      boolean all = shape instanceof LoadShape.Offline; // the window is the whole load
      JsonLines.forEach(
          file,
          TelemetryRecord.class,
          (record, _, _) -> {
            if (all || (record.millis() >= from && record.millis() <= to)) {
              tally.add(record);
              telemetry.add(record);
            }
          });
      outcome.samples().forEach(this::keep);
      return Measurement.of(shape, outcome, windows.goodput);
    } finally {
      Files.delete(file);
    }
  }

  private void keep(RequestSample sample) {
    ChatReply reply = sample.reply();
    if (reply == null) {
      return;
    }
    if (reply.usage().output() != null) {
      String tokenizer = reply.usage().tokenizer();
      counters.add(tokenizer == null ? "the server's usage" : tokenizer);
    }
    if (!sample.image().isEmpty()) {
      replies.putIfAbsent(sample.image(), reply);
    }
  }

  /// @param number in its window; the images continue from window to window
  private Load.Request prepare(int number, boolean warm) throws RequestException {
    int place = (warm ? warmed : sent).getAndIncrement();
    ChatRequest request =
        ChatRequest.seeing(
            target.pictures.get(place, warm),
            Objects.requireNonNullElse(target.pictures.words(place, warm), target.prompt),
            target.sampling);
    return new Load.Request(
        target.pictures.identity(place, warm),
        () -> {
          ChatReply reply = target.client.send(request);
          return textTokens == null ? reply : reply.with(reply.usage().beside(textTokens));
        });
  }
}
