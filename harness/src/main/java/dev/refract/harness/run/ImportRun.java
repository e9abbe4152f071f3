package dev.refract.harness.run;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.model.Sha256;
import dev.refract.harness.plan.Scoring;
import dev.refract.manifest.MetricName;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Basis;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Converts outputs of other tools to a run, so that they can be ranked, compared and published
/// beside refract's own runs.
///
/// The fields of the JSON Lines files:
///
/// - questions: `question_id`, `image_id`, `question`, `gold` (a list); optional `kind` (`yes_no`,
///   `number` or another group), `category` and `metric`
/// - answers: `question_id` and `answer`
/// - captions: `image_id` and `caption`
/// - scores: `question_id` and `score`, which replaces refract's own score
public final class ImportRun {

  private final String dataset;
  private final ImportedLines questions;
  private final ImportedLines answers;
  private final @Nullable ImportedLines captions;
  private final @Nullable ImportedLines scores;

  /// @param dataset its id in results
  public ImportRun(
      String dataset,
      Path questions,
      Path answers,
      @Nullable Path captions,
      @Nullable Path scores) {
    this.dataset = dataset;
    this.questions = ImportedLines.read(questions, "question_id");
    this.answers = ImportedLines.read(answers, "question_id");
    this.captions = captions == null ? null : ImportedLines.read(captions, "image_id");
    this.scores = scores == null ? null : ImportedLines.read(scores, "question_id");
  }

  /// Warnings for the user: duplicate ids, missing answers or scores, and ids without a question.
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ImportedLines lines : all()) {
      lines.note().ifPresent(notes::add);
    }
    stray(answers, questions.byId().keySet(), "answers without a question").ifPresent(notes::add);
    Set<String> missing = new LinkedHashSet<>(questions.byId().keySet());
    missing.removeAll(answers.byId().keySet());
    if (!missing.isEmpty()) {
      notes.add(
          "%s: %d questions have no answer, such as '%s'; they count as failed"
              .formatted(answers.file(), missing.size(), missing.iterator().next()));
    }
    if (scores != null) {
      long unscored =
          answers.byId().keySet().stream()
              .filter(questions.byId()::containsKey)
              .filter(id -> !scores.byId().containsKey(id))
              .count();
      if (unscored > 0) {
        notes.add(
            "%s: %d answers have no score; they count as failed"
                .formatted(scores.file(), unscored));
      }
      stray(scores, questions.byId().keySet(), "scores without a question").ifPresent(notes::add);
    }
    if (captions != null) {
      Set<String> images = new LinkedHashSet<>();
      questions.byId().values().forEach(line -> images.add(line.text("image_id")));
      stray(captions, images, "captions of images without a question").ifPresent(notes::add);
    }
    return notes;
  }

  private static Optional<String> stray(ImportedLines lines, Set<String> known, String what) {
    Set<String> unknown = new LinkedHashSet<>(lines.byId().keySet());
    unknown.removeAll(known);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %d %s, such as '%s'; ignored"
                .formatted(lines.file(), unknown.size(), what, unknown.iterator().next()));
  }

  private List<ImportedLines> all() {
    List<ImportedLines> all = new ArrayList<>(List.of(questions, answers));
    if (captions != null) {
      all.add(captions);
    }
    if (scores != null) {
      all.add(scores);
    }
    return all;
  }

  /// @param folder of the run; its name is the run's name
  /// @throws RunException when the folder holds another run
  /// @throws StoppedRunException when the run was stopped before the end
  public RunFile write(Path folder, String captioner, String answerer, RunContext context)
      throws IOException {
    questions.byId().values().forEach(this::question); // throws before anything is written
    try (RunSession session =
        RunSession.open(folder, record(folder, captioner, answerer), context, null)) {
      session.begin();
      Map<String, CaptionRecord> captioned = captions();
      List<AnswerRecord> answered = new ArrayList<>();
      List<ItemResult> items = new ArrayList<>();
      for (ImportedLines.Line line : questions.byId().values()) {
        items.add(item(line, captioned, answered));
      }
      session.throwIfCancelled(() -> "nothing was imported yet");
      RunJson.replaceLines(session.file().captionsFile(), captioned.values());
      RunJson.replaceLines(session.file().answersFile(), answered);
      return session.finish(items, captioned.values()::forEach, answered::forEach);
    }
  }

  private Map<String, CaptionRecord> captions() {
    Map<String, CaptionRecord> records = new LinkedHashMap<>();
    if (captions != null) {
      captions
          .byId()
          .forEach((image, line) -> {
            String text = Thoughts.of(line.text("caption")).said();
            String fingerprint =
                Fingerprint.of("imported caption", Map.of("image", image, "text", text));
            records.put(
                image, CaptionRecord.ofText(fingerprint, dataset, image, identity(image), text));
          });
    }
    return records;
  }

  private ItemResult item(
      ImportedLines.Line line, Map<String, CaptionRecord> captioned, List<AnswerRecord> answered) {
    Question question = question(line);
    String image = line.text("image_id");
    CaptionRecord caption = captioned.get(image);
    ImportedLines.Line answer = answers.byId().get(question.id());
    String reply = answer == null ? null : answer.text("answer");
    if (reply != null) {
      String fingerprint =
          Fingerprint.of("imported answer", Map.of("question", question.id(), "reply", reply));
      String by = caption == null ? "" : caption.fingerprint();
      answered.add(AnswerRecord.ofText(fingerprint, dataset, question.id(), by, reply));
    }
    Trial trial =
        new Trial(
            0,
            0,
            0,
            0,
            List.of(),
            List.of(caption == null ? "" : caption.fingerprint()),
            null,
            reply,
            outcome(question, reply),
            null);
    return new ItemResult(
        dataset,
        question.id(),
        List.of(new ItemResult.Image(image, identity(image))),
        line.textOr("category", "image"),
        question.group(),
        question.text(),
        question.choices(),
        question.golds(),
        question.metric(),
        question.attributes(),
        null,
        List.of(trial));
  }

  private Outcome outcome(Question question, @Nullable String reply) {
    if (reply == null) {
      return new Outcome.Failed(
          FailedStage.ANSWER, FailureKind.MISSING, "the import has no answer to this question");
    } else if (scores == null) {
      return Scoring.LENIENT.score(question, "image", List.of(), reply);
    }
    ImportedLines.Line score = scores.byId().get(question.id());
    return score == null
        ? new Outcome.Failed(
            FailedStage.ANSWER, FailureKind.MISSING, "the import has no score for this question")
        : new Outcome.Scored(score.share("score"), reply, Basis.IMPORTED);
  }

  private Question question(ImportedLines.Line line) {
    String group = line.textOr("kind", "question");
    boolean yesNo = group.equals(Scoring.YES_NO);
    MetricName usual = yesNo ? MetricName.EXACT_MATCH : MetricName.RELAXED_ACCURACY;
    String metric = line.textOr("metric", usual.toString());
    if (MetricName.of(metric).filter(MetricName::takesFreeAnswers).isEmpty()) {
      throw line.wrong("metric", "one of refract's metrics for free answers");
    }
    return new Question(
        line.text("question_id"),
        group,
        line.text("question"),
        List.of(),
        line.texts("gold"),
        metric,
        yesNo ? Map.of(Scoring.ANSWER_FORM, Scoring.YES_NO) : Map.of());
  }

  /// The image itself is not available, so the digest of its name identifies it.
  private static String identity(String image) {
    return Sha256.of(image.getBytes(StandardCharsets.UTF_8));
  }

  private RunRecord record(Path folder, String captioner, String answerer) {
    Set<String> images = new LinkedHashSet<>();
    StringBuilder content = new StringBuilder();
    for (ImportedLines.Line line : questions.byId().values()) {
      images.add(line.text("image_id"));
      content.append(line.node()).append('\n');
    }
    String checksum = "sha256:" + Sha256.of(content.toString().getBytes(StandardCharsets.UTF_8));
    ModelIdentity captioning = new ModelIdentity.Imported(captioner);
    ModelIdentity answering = new ModelIdentity.Imported(answerer);
    List<String> files = all().stream().map(lines -> Sha256.of(lines.bytes())).toList();
    return RunRecord.begin(
        new Run.Names(folder, captioner, answerer).recorded(),
        Fingerprint.of(
            "import",
            Map.of(
                "captioner",
                Fingerprint.modelParts(captioning),
                "answerer",
                Fingerprint.modelParts(answering),
                "files",
                files)),
        new RunRecord.Models(captioning, answering, null),
        new RunRecord.Protocol(
            "imported",
            1,
            "imported",
            "(not known)",
            1,
            "imported",
            "(not known)",
            "(not known)",
            "lenient",
            null,
            "official"),
        RunRecord.TrialCounts.ONCE,
        List.of(
            new RunRecord.Dataset(
                dataset,
                dataset,
                scores == null ? "imported answers" : "imported answers and scores",
                null,
                new RunRecord.Terms(null, RunRecord.Display.HIDE),
                null,
                checksum,
                images.size(),
                images.size(),
                "",
                questions.byId().size(),
                List.of())),
        Environments.here(),
        null);
  }

  /// The dataset's name: the folder of the questions file.
  ///
  /// @throws DatasetException when the path has no folder
  public static String datasetOf(Path questions) {
    Path folder = questions.toAbsolutePath().normalize().getParent();
    if (folder == null || folder.getFileName() == null) {
      throw new DatasetException(questions + ": expected a file in a folder");
    }
    return folder.getFileName().toString();
  }
}
