package dev.refract.harness.load;

import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.gpu.Telemetry;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.Halt;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.Hardware;
import dev.refract.reports.result.HardwareTally;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.TelemetryRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// Loads of several shapes on one server. No two requests of a session are alike, as long as there
/// are images.
public final class LoadSession {

  private final Target target;
  private final Windows windows;
  private final GpuSource gpus;
  private final Halt halt;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger warmed = new AtomicInteger();

  /// What is asked of whom.
  ///
  /// @param prompt beside an image; words of their own where there is none
  public record Target(ChatClient client, Sampling sampling, Pictures pictures, String prompt) {}

  /// How long and how often.
  public record Windows(Duration warmUp, Duration window, int repeats, LoadFigures.Limits limits) {}

  public LoadSession(Target target, Windows windows, GpuSource gpus, Halt halt) {
    this.target = target;
    this.windows = windows;
    this.gpus = gpus;
    this.halt = halt;
  }

  public LoadStep measure(LoadShape shape) throws IOException, InterruptedException {
    List<LoadFigures> figures = new ArrayList<>();
    HardwareTally tally = new HardwareTally();
    int captions = 0;
    for (int i = 0; i < windows.repeats && !halt.isWished(); i++) {
      figures.add(window(shape, tally));
      captions += figures.getLast().requests();
    }
    Hardware hardware = tally.hardware(captions);
    int repeated = Math.max(0, sent.get() - target.pictures.different());
    return new LoadStep(shape.words(), figures, hardware, Validity.of(figures, repeated, hardware));
  }

  private LoadFigures window(LoadShape shape, HardwareTally tally)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("refract-telemetry", ".jsonl");
    try {
      Load.Outcome outcome;
      try (Telemetry _ = Telemetry.start(file, gpus, target.client.addresses())) {
        outcome = new Load(this::prepare, shape, windows.warmUp, windows.window, halt).run();
      }
      long offset = System.currentTimeMillis() - System.nanoTime() / 1_000_000;
      long from = outcome.from() / 1_000_000 + offset;
      long to = outcome.to() / 1_000_000 + offset;
      boolean all = shape instanceof LoadShape.Offline; // there is nothing before or after
      RunJson.readLines(
          file,
          TelemetryRecord.class,
          (record, _, _) -> {
            if (all || (record.millis() >= from && record.millis() <= to)) {
              tally.add(record);
            }
          });
      return LoadFigures.of(shape, outcome, windows.limits);
    } finally {
      Files.delete(file);
    }
  }

  /// @param number in its window; windows follow each other
  private Load.Request prepare(int number, boolean warm) throws RequestException {
    int place = (warm ? warmed : sent).getAndIncrement();
    ChatRequest request =
        ChatRequest.seeing(
            target.pictures.get(place, warm),
            Objects.requireNonNullElse(target.pictures.words(place, warm), target.prompt),
            target.sampling);
    return () -> target.client.send(request);
  }
}
