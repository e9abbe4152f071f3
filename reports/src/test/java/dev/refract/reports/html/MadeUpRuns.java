package dev.refract.reports.html;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadFigures.Spread;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.load.LoadStep;
import dev.refract.reports.load.Validity;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.TokenCounts;
import dev.refract.reports.result.Trial;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.HardwareTally;
import dev.refract.reports.tally.MeterTally;
import dev.refract.reports.tally.Summarizer;
import dev.refract.reports.telemetry.GpuTelemetry;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Runs with made-up figures, each checkpoint a little better than the one before, and a blind
/// control: for tests of pages and of their scale.
final class MadeUpRuns {

  private MadeUpRuns() {}

  /// A sweep of three steps, of which only the first is valid.
  static LoadReport load() {
    List<LoadStep> steps = new ArrayList<>();
    for (int users : new int[] {1, 8, 64}) {
      double[] seconds = new double[700];
      Arrays.setAll(seconds, i -> users * (1 + i % 10 * 0.01));
      Spread spread = Spread.of(seconds);
      LoadFigures window =
          new LoadFigures(
              "closed loop",
              60,
              700,
              users / 8,
              Map.of("a timeout", users / 8),
              3,
              new LoadFigures.Rates(700 / 60.0, 900.0 * users, 5_000.0, 4_000.0, null),
              new LoadFigures.Latencies(spread, spread, spread, spread),
              users == 64 ? 0.5 : 1.0,
              0.1);
      steps.add(
          LoadStep.of(
              "closed loop, %d in flight".formatted(users),
              Validity.of(List.of(window), 0, null),
              null,
              List.of(window, window)));
    }
    return new LoadReport(
        LoadReport.FORMAT,
        new LoadReport.Origin("2026-01-01T00:00:00Z", "0.1.0", "throughput --sweep 1,8,64"),
        new ModelIdentity.Served("http://gpu1:8000/v1", "<b>caprl</b>", null, 0, 1, 1.0, 512, null),
        "synthetic images",
        "Describe.",
        12,
        "the server's usage",
        new LoadReport.Machines(List.of("NVIDIA H100"), "580.1", List.of("vLLM"), 16),
        10,
        steps,
        "closed loop, 8 in flight",
        new LoadReport.Accuracy("runs/timed", 30, 120, 0.5, 0.4, 0.6));
  }

  /// @param checkpoints `step-100`, `step-200` and so on, best last
  static List<RunFile> of(Path folder, int checkpoints, int images, int questions)
      throws IOException {
    List<RunFile> runs = new ArrayList<>();
    for (int c = 1; c <= checkpoints; c++) {
      double skill = 0.4 + 0.4 * c / checkpoints;
      runs.add(run(folder, "step-" + 100 * c, "openai", skill, images, questions));
    }
    runs.add(run(folder, "blind", "blind", 0.1, images, questions));
    return runs;
  }

  private static RunFile run(
      Path folder, String name, String kind, double skill, int images, int questions)
      throws IOException {
    RunFile run = new RunFile(Files.createDirectories(folder.resolve(name)));
    List<CaptionRecord> captions = new ArrayList<>();
    List<ItemResult> items = new ArrayList<>();
    Random random = new Random(name.hashCode());
    for (int i = 0; i < images; i++) {
      String text =
          "A made-up caption of image %d. ".formatted(i) + "It says a little. ".repeat(20);
      long started = 1_000_000L + 100L * i;
      captions.add(
          new CaptionRecord(
              "f" + i,
              "made-up",
              i + ".png",
              "s" + i,
              0,
              null,
              text,
              Ending.of("stop"),
              new TokenCounts(700, 640, 99, null),
              null,
              null,
              new RequestTime(started, 0.1)));
      for (int q = 0; q < questions; q++) {
        items.add(item(i, q, text, random.nextDouble() < skill));
      }
    }
    RunJson.replace(run.recordFile(), RunJson.pretty(record(name, kind, images, items.size())));
    HardwareTally hardware = new HardwareTally();
    List<TelemetryRecord> telemetry = telemetry();
    telemetry.forEach(hardware::add);
    JsonLines.replace(run.telemetryFile(), telemetry);
    JsonLines.replace(run.captionsFile(), captions);
    JsonLines.replace(run.itemsFile(), items);
    RunJson.replace(
        run.summaryFile(),
        RunJson.pretty(
            Summarizer.summarize(items, CaptionTally.of(captions), new MeterTally(), hardware)));
    return run;
  }

  private static ItemResult item(int image, int question, String caption, boolean right) {
    Outcome outcome = new Outcome.Scored(right ? 1 : 0, right ? "yes" : "no");
    Trial trial =
        new Trial(
            0,
            0,
            0,
            0,
            List.of(),
            List.of("f" + image),
            "Answer.\n\nDescription:\n" + caption + "\n\nQuestion: is it?",
            right ? "yes" : "no",
            outcome,
            null);
    return new ItemResult(
        "made-up",
        image + "-" + question,
        List.of(new ItemResult.Image(image + ".png", "s" + image)),
        question % 2 == 0 ? "chart" : "document",
        "group " + question % 3,
        "Is what question %d asks of image %d so?".formatted(question, image),
        List.of(),
        List.of("yes"),
        "exact_match",
        Map.of(),
        null,
        List.of(trial));
  }

  private static RunRecord record(String name, String kind, int images, int questions) {
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Names(name, name, "llm"),
        "0".repeat(64),
        RunRecord.State.FINISHED,
        new RunRecord.Models(
            kind.equals("blind") ? new ModelIdentity.Blind() : new ModelIdentity.Imported(name),
            new ModelIdentity.Imported("llm"),
            null),
        new RunRecord.Protocol(
            "short-answer",
            1,
            "digest",
            "Describe.",
            1,
            "chat",
            "Answer.",
            "{caption} {question}{options}",
            "lenient",
            null,
            "official"),
        RunRecord.TrialCounts.ONCE,
        List.of(
            new RunRecord.Dataset(
                "made-up",
                "Made up",
                "JSONL",
                null,
                new RunRecord.Terms("CC0", RunRecord.Display.HIDE),
                null,
                "sha256:0",
                images,
                images,
                "",
                questions,
                List.of())),
        new RunRecord.Environment(
            "test", "25", "Linux", "cpu", 2, List.of(), null, List.of(), null),
        null,
        "2026-01-01T00:00:00Z",
        null);
  }

  /// A GPU that draws 300 W and a client that is mostly idle, for four seconds.
  private static List<TelemetryRecord> telemetry() {
    List<TelemetryRecord> telemetry = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      long now = 1_000_000L + 200L * i;
      telemetry.add(TelemetryRecord.client(now, 0.1));
      telemetry.add(
          TelemetryRecord.gpu(
              now, "0", new GpuTelemetry(0.9, 1L << 34, 300.0, 60.0 * i, 1980, 0L, 61)));
    }
    return telemetry;
  }
}
