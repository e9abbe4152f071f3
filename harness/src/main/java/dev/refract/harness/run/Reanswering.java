package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.os.Halt;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import java.io.IOException;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The saved captions of a run, answered by another answerer: a run of its own, for which no image
/// is looked at again. Started again after any end, it goes on with what is missing.
public final class Reanswering {

  private final RunRecord source;
  private final Map<String, CaptionRecord> captions;
  private final List<Entry> entries;
  private final String selection;
  private final String answererId;
  private final Answerer answerer;
  private final RunSettings settings;

  /// @param sample how many questions are drawn, or fewer than 1 for all
  /// @throws RunException when the run has no caption
  public Reanswering(
      RunFile from,
      String answererId,
      Answerer answerer,
      RunSettings settings,
      int sample,
      long seed) {
    this.source = from.record();
    this.captions = from.captions();
    this.answererId = answererId;
    this.answerer = answerer;
    this.settings = settings;
    if (captions.isEmpty() || source.captionerKind().equals("direct")) {
      throw new RunException(from.folder() + " has no caption to answer from");
    } else if (settings.protocol().caption().samples() > source.protocol().captions()
        && !source.isControl()) {
      throw new RunException(
          "%s has %d captions of each image, and the protocol '%s' wants %d"
              .formatted(
                  from.folder(),
                  source.protocol().captions(),
                  settings.protocol().id(),
                  settings.protocol().caption().samples()));
    }
    List<ItemResult> all = from.items();
    boolean toldWhat = all.stream().anyMatch(item -> item.query() != null);
    if (toldWhat != (settings.protocol().caption().query() != null)) {
      throw new RunException(
          "the captions of %s were made %s being told what to look at, and the protocol '%s' says otherwise"
              .formatted(from.folder(), toldWhat ? "while" : "without", settings.protocol().id()));
    }
    boolean drawn = sample >= 1 && sample < all.size();
    List<ItemResult> items = drawn ? drawn(all, sample, seed) : all;
    this.entries = items.stream().map(Reanswering::entry).toList();
    this.selection = drawn ? "%d of %d questions, seed %d".formatted(sample, all.size(), seed) : "";
  }

  private static List<ItemResult> drawn(List<ItemResult> all, int sample, long seed) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
    Collections.shuffle(numbers, new Random(seed));
    return new TreeSet<>(numbers.subList(0, sample)).stream().map(all::get).toList();
  }

  private static Entry entry(ItemResult item) {
    Map<Integer, List<String>> bySample = new TreeMap<>();
    item.trials().forEach(trial -> bySample.put(trial.sample(), trial.captions()));
    Optional<Outcome.Failed> lost =
        item.trials().stream()
            .filter(trial -> trial.captions().isEmpty())
            .map(Trial::outcome)
            .filter(Outcome.Failed.class::isInstance)
            .map(Outcome.Failed.class::cast)
            .findFirst();
    return new Entry(
        item.dataset(),
        item.category(),
        Scoring.question(item),
        item.images(),
        item.query(),
        List.copyOf(bySample.values()),
        List.of(),
        lost.orElse(null));
  }

  /// @throws StoppedRunException when somebody wished to stop before the end
  public RunFile execute(Path folder, Sitting sitting) throws IOException, InterruptedException {
    RunFile run = new RunFile(folder);
    boolean raw = answerer.takesRaw() && settings.protocol().answer().raw() != null;
    RunRecord record = record(folder, raw);
    if (Files.exists(run.recordFile())) {
      RunRecord known = RunFile.open(folder).record();
      if (!known.fingerprint().equals(record.fingerprint())) {
        throw new RunException(folder + " holds another run; choose another --out, or delete it");
      }
      record = record.resuming(known);
    }
    Files.createDirectories(folder);
    try (RunLock _ = RunLock.take(folder);
        Journal<AnswerRecord> answers = Journal.open(run.answersFile(), AnswerRecord.class);
        Journal<AnswerRecord> judgements =
            Journal.openIf(settings.judge() != null, run.judgementsFile(), AnswerRecord.class)) {
      RunJson.replace(run.recordFile(), RunJson.pretty(record));
      Answering answering =
          new Answering(settings.protocol(), raw, false, answerer.identity(), settings.asking());
      Interview interview =
          new Interview(
              answering,
              (_, prompt, draw) -> answerer.answer(prompt, draw),
              fingerprint -> Optional.ofNullable(captions.get(fingerprint)),
              answers,
              Scoring.of(settings.protocol()),
              null);
      ask(interview, answers, sitting, record.name());
      List<CaptionRecord> used = used();
      Halt.Reason stopped = sitting.halt().reason();
      if (stopped != null) {
        Summary soFar = new Results(interview, entries).soFar(used::forEach, answers::forEach);
        throw new StoppedRunException(
            stopped, SoFar.of(record.name(), soFar, planned(interview)), settings.command());
      }
      Results results =
          Judges.sit(settings.judge(), judgements, interview, entries, sitting, record.name());
      RunJson.replaceLines(run.captionsFile(), used);
      results.write(run, used::forEach, answers::forEach);
      RunJson.replace(run.recordFile(), RunJson.pretty(record.finished()));
    }
    return run;
  }

  private int planned(Interview interview) {
    return entries.stream()
        .mapToInt(e -> e.captions().size() * interview.answering().times(e.question(), 0).size())
        .sum();
  }

  private void ask(Interview interview, Journal<AnswerRecord> answers, Sitting sitting, String name)
      throws InterruptedException {
    try (Progress progress = sitting.progress(name, planned(interview));
        Stage answering = new Stage(answerer.concurrency(), "answer-", sitting.halt())) {
      Asking asking = new Asking(answers, progress, new Alarm(sitting.halt(), "answerer"));
      for (Entry entry : entries) {
        for (int sample = 0; entry.lost() == null && sample < entry.captions().size(); sample++) {
          interview.ask(entry, sample, answering, asking);
        }
      }
      answering.await();
    }
  }

  /// The captions that are answered from; the time that they took was another run's.
  private List<CaptionRecord> used() {
    Set<String> used = new LinkedHashSet<>();
    entries.forEach(entry -> entry.captions().forEach(used::addAll));
    return captions.values().stream()
        .filter(caption -> used.contains(caption.fingerprint()))
        .map(CaptionRecord::reused)
        .toList();
  }

  private RunRecord record(Path folder, boolean raw) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("source", source.fingerprint());
    parts.put("answerer", Fingerprint.model(answerer.identity()));
    parts.put("protocol", settings.protocol());
    parts.put("asking", settings.asking());
    parts.put("raw", raw);
    if (settings.judge() != null) {
      parts.put("judge", Judging.identity(settings.judge()));
    }
    parts.put("questions", entries.stream().map(entry -> entry.question().id()).toList());
    return new RunRecord(
        RunRecord.FORMAT,
        folder.toAbsolutePath().normalize().getFileName().toString(),
        source.captionerId(),
        answererId,
        Fingerprint.of("reanswered", parts),
        RunRecord.State.RUNNING,
        source.captioner(),
        answerer.identity(),
        settings.judgeIdentity(),
        captioned(settings.record(raw)),
        settings.asking(),
        source.datasets().stream().map(this::narrowed).toList(),
        Environments.here(),
        settings.command(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /// The answerer's side of a protocol, and the captions as they were asked for.
  private RunRecord.Protocol captioned(RunRecord.Protocol wanted) {
    return new RunRecord.Protocol(
        wanted.id(),
        wanted.version(),
        wanted.digest(),
        source.protocol().captionPrompt(),
        source.protocol().captions(),
        wanted.answerForm(),
        wanted.answerSystem(),
        wanted.answerTemplate(),
        wanted.parser(),
        wanted.metric(),
        wanted.mode());
  }

  private RunRecord.Dataset narrowed(RunRecord.Dataset whole) {
    List<Entry> own = entries.stream().filter(e -> e.dataset().equals(whole.id())).toList();
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
        (int) own.stream().map(Entry::images).distinct().count(),
        whole.ofImages(),
        words,
        own.size(),
        whole.skipped());
  }
}
