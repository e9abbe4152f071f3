package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summarizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The saved captions of a run, answered by another answerer: a run of its own, for which no image
/// is looked at again. Started again after any end, it goes on with what is missing.
public final class Reanswering {

  private final RunFile source;
  private final RunRecord sourceRecord;
  private final Map<String, CaptionRecord> captions;
  private final List<ItemResult> items;
  private final String selection;
  private final Answerer answerer;
  private final Protocol protocol;

  /// @param sample how many questions are drawn, or fewer than 1 for all
  /// @throws RunException when the run has no caption
  public Reanswering(RunFile source, Answerer answerer, Protocol protocol, int sample, long seed) {
    this.source = source;
    this.sourceRecord = source.record();
    this.captions = source.captions();
    this.answerer = answerer;
    this.protocol = protocol;
    List<ItemResult> all = source.items();
    if (captions.isEmpty()) {
      throw new RunException(source.folder() + " has no caption to answer from");
    }
    boolean drawn = sample >= 1 && sample < all.size();
    this.items = drawn ? drawn(all, sample, seed) : all;
    this.selection = drawn ? "%d of %d questions, seed %d".formatted(sample, all.size(), seed) : "";
  }

  private static List<ItemResult> drawn(List<ItemResult> all, int sample, long seed) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
    Collections.shuffle(numbers, new Random(seed));
    return new TreeSet<>(numbers.subList(0, sample)).stream().map(all::get).toList();
  }

  /// @param log for the progress line
  /// @param terminal whether that line can be rewritten
  public RunFile execute(Path folder, PrintStream log, boolean terminal)
      throws IOException, InterruptedException {
    RunFile run = new RunFile(folder);
    RunRecord record = record(folder);
    if (Files.exists(run.recordFile())
        && !RunFile.open(folder).record().fingerprint().equals(record.fingerprint())) {
      throw new RunException(folder + " holds another run; choose another --out, or delete it");
    }
    Files.createDirectories(folder);
    try (RunLock _ = RunLock.take(folder)) {
      RunJson.replace(run.recordFile(), RunJson.pretty(record));
      try (Journal<AnswerRecord> answers = Journal.open(run.answersFile(), AnswerRecord.class)) {
        try (Progress progress = new Progress(log, terminal, record.name(), items.size());
            Stage answering = new Stage(answerer.concurrency(), "answer-")) {
          Asking asking = new Asking(answerer, answers, progress);
          for (ItemResult item : items) {
            answering.submit(() -> ask(item, asking));
          }
          answering.await();
        }
        List<ItemResult> answered = items.stream().map(item -> answered(item, answers)).toList();
        Set<String> used = new LinkedHashSet<>();
        answered.forEach(item -> item.images().forEach(i -> used.add(i.captionFingerprint())));
        RunJson.replaceLines(
            run.captionsFile(),
            captions.values().stream().filter(c -> used.contains(c.fingerprint())).toList());
        RunJson.replaceLines(run.itemsFile(), answered);
        RunJson.replace(
            run.summaryFile(),
            RunJson.pretty(Summarizer.summarize(answered, List.of(), List.of())));
      }
      RunJson.replace(run.recordFile(), RunJson.pretty(record.finished()));
    }
    return run;
  }

  private RunRecord record(Path folder) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("source", sourceRecord.fingerprint());
    parts.put("answerer", answerer.identity());
    parts.put("protocol", protocol);
    parts.put("questions", items.stream().map(ItemResult::questionId).toList());
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    return new RunRecord(
        RunRecord.FORMAT,
        name,
        Fingerprint.of("reanswered", parts),
        RunRecord.State.RUNNING,
        sourceRecord.captioner(),
        answerer.identity(),
        protocol.record(),
        sourceRecord.datasets().stream().map(this::narrowed).toList(),
        Environments.here(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private RunRecord.Dataset narrowed(RunRecord.Dataset whole) {
    List<ItemResult> own = items.stream().filter(i -> i.dataset().equals(whole.id())).toList();
    String words =
        whole.selection().isEmpty() || selection.isEmpty()
            ? whole.selection() + selection
            : whole.selection() + ", " + selection;
    return new RunRecord.Dataset(
        whole.id(),
        whole.title(),
        whole.layout(),
        whole.revision(),
        whole.licence(),
        whole.display(),
        whole.checksum(),
        (int) own.stream().map(ItemResult::cluster).distinct().count(),
        whole.ofImages(),
        words,
        own.size(),
        whole.skipped());
  }

  /// The prompt, if every image of the question has a caption.
  private Optional<AnswerPrompt> prompt(ItemResult item) {
    List<String> texts = new ArrayList<>();
    for (ItemResult.Image image : item.images()) {
      CaptionRecord caption = captions.get(image.captionFingerprint());
      if (caption == null || caption.text() == null) {
        return Optional.empty();
      }
      texts.add(caption.text());
    }
    return Optional.of(protocol.prompt(texts, Scoring.question(item)));
  }

  private String fingerprint(ItemResult item, AnswerPrompt prompt) {
    return Fingerprint.answer(
        answerer.identity(), protocol, prompt, item.dataset(), item.questionId());
  }

  private void ask(ItemResult item, Asking asking) throws InterruptedException {
    Optional<AnswerPrompt> prompt = prompt(item);
    if (prompt.isEmpty()) {
      asking.pass();
      return;
    }
    asking.ask(
        fingerprint(item, prompt.get()),
        prompt.get(),
        item.dataset(),
        item.questionId(),
        item.images().getFirst().captionFingerprint());
  }

  private ItemResult answered(ItemResult item, Journal<AnswerRecord> answers) {
    Optional<AnswerPrompt> prompt = prompt(item);
    if (prompt.isEmpty()) {
      return item.answered(
          null, null, new Outcome.Failed("caption", "missing", source.folder() + " has none"));
    }
    AnswerPrompt shown = prompt.get();
    AnswerRecord answer = answers.last(fingerprint(item, shown)).orElseThrow();
    String reply = answer.reply();
    return item.answered(
        shown.system() + "\n\n" + shown.user(),
        reply,
        reply == null
            ? Results.failed("answer", answer)
            : Scoring.score(Scoring.question(item), reply));
  }
}
