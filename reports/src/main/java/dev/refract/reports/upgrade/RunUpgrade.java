package dev.refract.reports.upgrade;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.HardwareTally;
import dev.refract.reports.tally.MeterTally;
import dev.refract.reports.tally.Summarizer;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rewrites a run folder of an older format in the current one. `run.json` is replaced last: if the
/// process dies before that, the run still has the old format, and the next call converts the rest.
public final class RunUpgrade {

  /// The first format whose finished runs hold digests of their files.
  private static final int FIRST_SEALED = 9;

  private final RunFile run;

  private RunUpgrade(RunFile run) {
    this.run = run;
  }

  /// @return the format of the run before the call
  /// @throws RunFormatException when there is no run, or its format is not known
  public static int upgrade(Path folder) throws IOException {
    RunFile run = new RunFile(folder);
    run.refuseLinks();
    int format = run.format();
    if (format < 1 || format > RunRecord.FORMAT) {
      throw new RunFormatException(
          run.recordFile(),
          "run format %d is not known; this refract reads 1 to %d"
              .formatted(format, RunRecord.FORMAT));
    } else if (format < RunRecord.FORMAT) {
      new RunUpgrade(run).rewrite(format);
    }
    return format;
  }

  private void rewrite(int format) throws IOException {
    if (format >= FIRST_SEALED && !isHalfUpgraded()) {
      run.checkIntact();
    }
    List<CaptionRecord> captions =
        lines(run.captionsFile(), CaptionRecord.class, Upgrades::caption);
    List<AnswerRecord> answers = lines(run.answersFile(), AnswerRecord.class, Upgrades::answer);
    lines(run.queriesFile(), AnswerRecord.class, Upgrades::answer);
    lines(run.judgementsFile(), AnswerRecord.class, Upgrades::answer);
    List<TelemetryRecord> telemetry = lines(run.telemetryFile(), TelemetryRecord.class, _ -> {});
    if (Files.exists(run.itemsFile())) {
      List<ItemResult> items = lines(run.itemsFile(), ItemResult.class, Upgrades::item);
      CaptionTally captioning = new CaptionTally();
      captions.forEach(captioning::add);
      MeterTally answering = new MeterTally();
      answers.forEach(answering::add);
      HardwareTally hardware = new HardwareTally();
      telemetry.forEach(hardware::add);
      RunJson.replace(
          run.summaryFile(),
          RunJson.pretty(Summarizer.summarize(items, captioning, answering, hardware)));
    }
    if (!(RunJson.read(run.recordFile(), JsonNode.class) instanceof ObjectNode record)) {
      throw new RunFormatException(run.recordFile(), 1, "expected an object");
    }
    Upgrades.run(record, format);
    record.put("format", RunRecord.FORMAT);
    RunRecord upgraded = typed(run.recordFile(), 1, record, RunRecord.class);
    boolean finished =
        upgraded.state() == RunRecord.State.FINISHED && Files.exists(run.itemsFile());
    RunJson.replace(
        run.recordFile(), RunJson.pretty(finished ? upgraded.finished(run) : upgraded.running()));
  }

  /// Whether the items are of the current format already, because an earlier call died.
  private boolean isHalfUpgraded() {
    try {
      return Files.exists(run.itemsFile()) && !run.items().isEmpty();
    } catch (RunFormatException _) {
      return false;
    }
  }

  /// Rewrites a file of lines, and returns an empty list where the file does not exist. An
  /// incomplete last line, which a killed process leaves, is removed.
  private static <T> List<T> lines(Path file, Class<T> type, Consumer<ObjectNode> upgrade)
      throws IOException {
    List<T> values = new ArrayList<>();
    if (!Files.exists(file)) {
      return values;
    }
    JsonLines.forEachOlder(
        file,
        JsonNode.class,
        node -> {
          int number = values.size() + 1;
          if (!(node instanceof ObjectNode object)) {
            throw new RunFormatException(file, number, "expected an object, found " + node);
          }
          upgrade.accept(object);
          values.add(typed(file, number, object, type));
        });
    JsonLines.replace(file, values);
    return values;
  }

  private static <T> T typed(Path file, int line, ObjectNode node, Class<T> type) {
    try {
      return RunJson.MAPPER.treeToValue(node, type);
    } catch (JacksonException e) {
      throw new RunFormatException(
          file, line, "not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }
}
