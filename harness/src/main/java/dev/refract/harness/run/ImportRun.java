package dev.refract.harness.run;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.read.BadRowException;
import dev.refract.harness.dataset.read.QuestionMapper;
import dev.refract.harness.dataset.read.Row;
import dev.refract.harness.dataset.read.SpelledJson;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.plan.Scoring;
import dev.refract.manifest.Columns;
import dev.refract.manifest.MetricName;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Converts outputs of other tools to a run, so that they can be ranked, compared and published
/// beside refract's own runs.
///
/// The fields of the JSON Lines files:
///
/// - questions: `question_id`, `image_id`, `question`, `gold` (a list; with `choices` the letter or
///   the text of one); optional `choices`, `kind` (`yes_no`, `number` or another group),
///   `category`, `metric` and `attributes`
/// - answers: `question_id` and `answer`, null for none; without the file, every question is yet to
///   be answered
/// - captions: `image_id` and `caption`
/// - scores: `question_id` and `score`, which replaces refract's own score
///
/// A line of answers or scores that repeats a field of its question, such as `gold`, must repeat
/// its value.
public final class ImportRun {

  private static final Columns COLUMNS =
      new Columns(
          "question_id",
          new Columns.ImageColumns(null, null),
          new Columns.QuestionColumns("question", null, "gold", null, List.of("choices"), null),
          "kind",
          null,
          "category",
          null,
          "metric",
          null,
          null,
          null);

  private static final Set<String> QUESTION_FIELDS =
      Set.of(
          "question_id",
          "image_id",
          "question",
          "gold",
          "choices",
          "kind",
          "category",
          "metric",
          "attributes");

  /// Fields of a question that an answer may repeat.
  private static final List<String> REPEATED = List.of("question", "gold", "image_id", "metric");

  private final String dataset;
  private final ImportedLines questions;
  private final @Nullable ImportedLines answers;
  private final @Nullable ImportedLines captions;
  private final @Nullable ImportedLines scores;

  /// @param dataset its id in results
  public ImportRun(
      String dataset,
      Path questions,
      @Nullable Path answers,
      @Nullable Path captions,
      @Nullable Path scores) {
    this.dataset = dataset;
    this.questions = ImportedLines.read(questions, "question_id");
    this.answers = answers == null ? null : ImportedLines.read(answers, "question_id");
    this.captions = captions == null ? null : ImportedLines.read(captions, "image_id");
    this.scores = scores == null ? null : ImportedLines.read(scores, "question_id");
  }

  /// Warnings for the user: duplicate ids, missing answers or scores, and ids without a question.
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ImportedLines lines : all()) {
      lines.note().ifPresent(notes::add);
    }
    Set<String> unused = new TreeSet<>();
    questions
        .byId()
        .values()
        .forEach(line -> line.node().properties().forEach(field -> unused.add(field.getKey())));
    unused.removeAll(QUESTION_FIELDS);
    if (!unused.isEmpty()) {
      notes.add("%s: fields that are not used: %s".formatted(questions.file(), unused));
    }
    if (answers != null) {
      notes(answers).forEach(notes::add);
    }
    if (captions != null) {
      Set<String> images = new LinkedHashSet<>();
      questions.byId().values().forEach(line -> images.add(line.text("image_id")));
      stray(captions, images, "captions of images without a question").ifPresent(notes::add);
      images.removeIf(image -> hasCaption(captions, image));
      if (!images.isEmpty()) {
        notes.add(
            "%s: %d images of questions have no caption, such as '%s'"
                .formatted(captions.file(), images.size(), images.iterator().next()));
      }
    }
    return notes;
  }

  private List<String> notes(ImportedLines given) {
    List<String> notes = new ArrayList<>();
    stray(given, questions.byId().keySet(), "answers without a question").ifPresent(notes::add);
    List<String> missing =
        questions.byId().keySet().stream().filter(id -> reply(id) == null).toList();
    if (!missing.isEmpty()) {
      notes.add(
          "%s: %d questions have no answer, such as '%s'; they count as failed"
              .formatted(given.file(), missing.size(), missing.getFirst()));
    }
    if (scores != null) {
      long unscored =
          given.byId().keySet().stream()
              .filter(questions.byId()::containsKey)
              .filter(id -> !scores.byId().containsKey(id))
              .count();
      if (unscored > 0) {
        notes.add(
            "%s: %d answers have no score; they count as failed"
                .formatted(scores.file(), unscored));
      }
      stray(scores, questions.byId().keySet(), "scores without a question").ifPresent(notes::add);
    } else if (given.byId().values().stream().anyMatch(line -> line.has("score"))) {
      notes.add(
          given.file()
              + ": its field 'score' is not used; give the file as --scores too to show these"
              + " scores instead of refract's");
    }
    return notes;
  }

  private static boolean hasCaption(ImportedLines captions, String image) {
    ImportedLines.Line line = captions.byId().get(image);
    return line != null && line.has("caption");
  }

  /// The answer to a question, or null when there is none.
  private @Nullable String reply(String question) {
    ImportedLines.Line line = answers == null ? null : answers.byId().get(question);
    return line == null || !line.has("answer") && line.node().has("answer")
        ? null
        : line.text("answer");
  }

  /// Whether each line agrees with its question, and all with each other on whose they are.
  private void check(ImportedLines lines) {
    for (Map.Entry<String, ImportedLines.Line> each : lines.byId().entrySet()) {
      ImportedLines.Line question = questions.byId().get(each.getKey());
      for (String field : REPEATED) {
        if (question != null
            && each.getValue().has(field)
            && question.has(field)
            && !texts(each.getValue(), field).equals(texts(question, field))) {
          throw each.getValue().wrong(field, "the same as in " + question.place());
        }
      }
    }
    for (String field : List.of("model", "captioner", "answerer", "dataset")) {
      List<ImportedLines.Line> named =
          lines.byId().values().stream().filter(line -> line.has(field)).toList();
      for (ImportedLines.Line line : named) {
        if (!line.text(field).equals(named.getFirst().text(field))) {
          throw line.wrong(
              field,
              "'%s' as in %s, since an import is of one %s"
                  .formatted(named.getFirst().text(field), named.getFirst().place(), field));
        }
      }
    }
  }

  private static List<String> texts(ImportedLines.Line line, String field) {
    return line.texts(field).stream().map(String::strip).toList();
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
    List<ImportedLines> all = new ArrayList<>(List.of(questions));
    if (answers != null) {
      all.add(answers);
    }
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
    all().forEach(this::check);
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
      JsonLines.replace(session.file().captionsFile(), captioned.values());
      JsonLines.replace(session.file().answersFile(), answered);
      return session.finish(items, captioned.values()::forEach, answered::forEach);
    }
  }

  private Map<String, CaptionRecord> captions() {
    Map<String, CaptionRecord> records = new LinkedHashMap<>();
    if (captions != null) {
      captions
          .byId()
          .forEach((image, line) -> {
            if (line.node().path("caption").isNull()) {
              return; // as if the line were missing
            }
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
    String reply = reply(question.id());
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
            outcome(question, line.textOr("category", "image"), reply),
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

  private Outcome outcome(Question question, String category, @Nullable String reply) {
    if (reply == null) {
      return new Outcome.Failed(
          FailedStage.ANSWER,
          FailureKind.MISSING,
          answers == null
              ? "imported without answers; 'refract answer' answers it"
              : "the import has no answer to this question");
    }
    List<Integer> order = IntStream.range(0, question.choices().size()).boxed().toList();
    Outcome own = Scoring.LENIENT.score(question, category, order, reply);
    if (scores == null) {
      return own;
    }
    ImportedLines.Line score = scores.byId().get(question.id());
    return score == null
        ? new Outcome.Failed(
            FailedStage.ANSWER, FailureKind.MISSING, "the import has no score for this question")
        : new Outcome.Scored(
            score.share("score"),
            reply,
            Basis.IMPORTED,
            own instanceof Outcome.Unsupported || own instanceof Outcome.Unscored
                ? null
                : Double.valueOf(own.score()));
  }

  private Question question(ImportedLines.Line line) {
    boolean yesNo = line.textOr("kind", "").equals(Scoring.YES_NO);
    line.text("question_id");
    line.text("question");
    line.texts("gold");
    MetricName usual = yesNo ? MetricName.EXACT_MATCH : MetricName.RELAXED_ACCURACY;
    QuestionMapper mapper = new QuestionMapper(COLUMNS, usual, true, "", "question");
    Question question;
    try {
      JsonNode fields = Objects.requireNonNull(SpelledJson.tree(line.json()));
      question = mapper.questions(new Row(line.place(), 1, fields, List.of())).getFirst();
    } catch (BadRowException e) {
      throw new DatasetException(line.place() + ": " + e.getMessage());
    }
    Optional<MetricName> metric = MetricName.of(question.metric());
    boolean fits =
        metric.isPresent()
            && metric.get() != MetricName.CAPTIONQA
            && (question.choices().isEmpty()
                ? metric.get().takesFreeAnswers()
                : metric.get().takesOptions());
    if (!fits) {
      throw line.wrong(
          "metric",
          question.choices().isEmpty()
              ? "one of refract's metrics for free answers"
              : "one of refract's metrics for options");
    }
    if (!yesNo) {
      return question;
    } else if (!question.golds().stream().allMatch(gold -> gold.strip().matches("(?i)yes|no"))) {
      throw line.wrong("gold", "yes or no, since kind is yes_no");
    }
    Map<String, String> attributes = new HashMap<>(question.attributes());
    attributes.put(Scoring.ANSWER_FORM, Scoring.YES_NO);
    return question.with(attributes);
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
                answers == null
                    ? "imported captions"
                    : scores == null ? "imported answers" : "imported answers and scores",
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
