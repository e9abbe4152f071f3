package dev.refract.harness.run;

import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.journal.RunLock;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.ServerProcess;
import dev.refract.harness.plan.PlannedQuestion;
import dev.refract.reports.file.OutputFile;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One process's work on one run folder, from taking the lock to the final state. Every command
/// that makes a run (captioning, answering again, importing) opens a session and ends it in one of
/// two ways: {@link #finish} writes the derived files and marks the run FINISHED; {@link
/// #throwIfCancelled} keeps the journals and leaves the run RUNNING.
final class RunSession implements AutoCloseable {

  private final RunFile file;
  private RunRecord record;
  private final RunLock lock;
  private final RunContext context;
  private final @Nullable TextAnswerer judge;
  private @Nullable Journals journals;

  private RunSession(
      RunFile file,
      RunRecord record,
      RunLock lock,
      RunContext context,
      @Nullable TextAnswerer judge) {
    this.file = file;
    this.record = record;
    this.lock = lock;
    this.context = context;
    this.judge = judge;
  }

  /// The append-only files of a run.
  ///
  /// @param queries replies on what the captioner must look at; empty when the protocol has none
  /// @param verdicts empty without a judge
  record Journals(
      Journal<CaptionRecord> captions,
      Journal<AnswerRecord> answers,
      Journal<AnswerRecord> queries,
      Journal<AnswerRecord> verdicts)
      implements AutoCloseable {

    @Override
    public void close() throws IOException {
      try (captions;
          answers;
          queries;
          verdicts) {
        // closes each one, even if closing another fails
      }
    }
  }

  /// Creates the folder if it is missing, and locks it. No run file is written before {@link
  /// #begin}.
  ///
  /// @param judge of free answers, or null
  /// @throws RunException when the folder holds a run with other settings or data, or is locked
  static RunSession open(
      Path folder, RunRecord wanted, RunContext context, @Nullable TextAnswerer judge)
      throws IOException {
    Optional<Path> outer = new OutputFile("--out", folder).insideRun();
    if (outer.isPresent()) {
      throw new RunException(
          "%s is inside of the run %s; choose another --out".formatted(folder, outer.get()));
    }
    resumed(folder, wanted); // a refused folder gets no lock file; decided again under the lock
    new RunFile(folder).refuseLinks();
    Files.createDirectories(folder);
    RunLock lock = RunLock.take(folder);
    try {
      new RunFile(folder).removeHalfWritten();
      return new RunSession(new RunFile(folder), resumed(folder, wanted), lock, context, judge);
    } catch (RuntimeException | IOException e) {
      lock.close();
      throw e;
    }
  }

  /// The wanted run, with the start time of its first session.
  ///
  /// @throws RunException when the folder holds a run with other settings or data
  static RunRecord resumed(Path folder, RunRecord wanted) {
    RunFile there = new RunFile(folder);
    if (!Files.exists(there.recordFile())) {
      there.resultFiles().stream()
          .findFirst()
          .ifPresent(file -> {
            throw new RunException(
                "%s: a file of this name is there, but no run (run.json is missing); choose another --out"
                    .formatted(file));
          });
      return wanted;
    }
    RunRecord known = RunFile.open(folder).record();
    if (!known.fingerprint().equals(wanted.fingerprint())) {
      throw new RunException(
          "%s holds a run with other settings or data (%s); choose another --out, or delete it"
              .formatted(folder, SettingsDiff.between(known, wanted)));
    }
    return wanted.resuming(known);
  }

  RunFile file() {
    return file;
  }

  String name() {
    return record.name();
  }

  /// Whether an earlier session of this same refract version completed the run, and none of its
  /// files was changed since.
  boolean isComplete() {
    return file.isIntact()
        && file.record().environment().harness().equals(record.environment().harness())
        && file.summary().overall().missing() == 0;
  }

  /// Marks the run RUNNING.
  void begin() throws IOException {
    RunJson.replace(file.recordFile(), RunJson.pretty(record));
  }

  /// Opens the journals; they stay open until the session is closed.
  Journals journals(boolean queries) throws IOException {
    journals =
        new Journals(
            Journal.open(file.captionsFile(), CaptionRecord.class),
            Journal.open(file.answersFile(), AnswerRecord.class),
            Journal.openIf(queries, file.queriesFile(), AnswerRecord.class),
            Journal.openIf(judge != null, file.judgementsFile(), AnswerRecord.class));
    return journals;
  }

  /// Records what a server says about its model.
  ///
  /// @throws RunException when it serves other weights than in an earlier session, unless that is
  ///   allowed
  void identify(ModelServer server) throws IOException, InterruptedException {
    if (server.addresses().isEmpty()) {
      return;
    }
    RunRecord now = record.serving(server.live().served());
    List<String> changes = now.environment().modelChanges();
    if (!changes.isEmpty() && !record.environment().modelChanges().equals(changes)) {
      String change = String.join("; ", changes);
      if (!context.allowsModelChange()) {
        throw new RunException(
            "%s: the model behind its name changed (%s); choose another --out, serve the former one, or allow it with --allow-model-change"
                .formatted(file.folder(), change));
      }
      context.notices().say("Warning: the model behind its name changed: " + change);
    }
    if (!now.equals(record)) {
      record = now;
      if (Files.exists(file.recordFile())) {
        RunJson.replace(
            file.recordFile(),
            RunJson.pretty(isComplete() ? file.record().serving(server.live().served()) : record));
      }
    }
  }

  /// Starts the server of a stage, if stages run one after the other and a command starts it.
  ///
  /// @param log file in the run's folder for its output
  ServerProcess serving(ModelServer server, String log) throws IOException, InterruptedException {
    ServerProcess started =
        context.sequential()
            ? server.start(file.folder().resolve(log), context.cancellation())
            : ServerProcess.NONE;
    boolean identified = false;
    try {
      identify(server);
      identified = true;
      return started;
    } finally {
      if (!identified) {
        started.close();
      }
    }
  }

  /// @param soFar describes the partial results
  /// @throws StoppedRunException when the user cancelled the run, or it cannot continue
  void throwIfCancelled(Supplier<String> soFar) {
    CancellationToken.Reason reason = context.cancellation().reason();
    if (reason != null) {
      throw new StoppedRunException(reason, soFar.get(), record.command());
    }
  }

  /// Judges the answers if there is a judge, then writes the results. The answers may come from
  /// this session or an earlier one.
  ///
  /// @param planned total number of planned answers
  /// @throws StoppedRunException when the run was stopped before the last answer or verdict
  RunFile finish(AnswerStage answers, Iterable<PlannedQuestion> questions, int planned)
      throws IOException, InterruptedException {
    Journals kept = Objects.requireNonNull(journals);
    throwIfCancelled(() ->
        Results.partial(
            record.name(),
            Results.summary(
                answers.answeredItems(questions),
                kept.captions::forEach,
                kept.answers::forEach,
                _ -> {}),
            planned));
    AnswerStage judged = answers;
    if (judge != null) {
      JudgeStage stage = new JudgeStage(judge, kept.verdicts);
      try (ServerProcess _ = serving(judge.server(), "judge-server.log")) {
        stage.run(answers.items(questions), context, record.name());
      }
      throwIfCancelled(() ->
          "%s: all %d answers and %d verdicts of the judge are kept"
              .formatted(record.name(), planned, kept.verdicts.size()));
      judged = answers.judgedBy(stage);
    }
    return finish(judged.items(questions), kept.captions::forEach, kept.answers::forEach);
  }

  /// Writes the derived files and marks the run FINISHED.
  RunFile finish(
      Iterable<ItemResult> items,
      Results.Source<CaptionRecord> captions,
      Results.Source<AnswerRecord> answers)
      throws IOException {
    Results.write(file, items, captions, answers);
    RunJson.replace(file.recordFile(), RunJson.pretty(record.finished(file)));
    return file;
  }

  @Override
  public void close() throws IOException {
    try (RunLock _ = lock) {
      if (journals != null) {
        journals.close();
      }
    }
  }
}
