package dev.refract.harness.plan;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.JudgePrompt;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.journal.RunException;
import dev.refract.manifest.Protocol;
import dev.refract.reports.caption.ControlTokens;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The complete plan of a run, made before any request: captions and questions in order, with the
/// fingerprints that make the run resumable.
public final class RunPlan {

  private final RunSettings settings;
  private final Captioner captioner;
  private final PromptBuilder prompts;
  private final List<Part> parts = new ArrayList<>();

  /// A dataset of the run.
  ///
  /// @param others for a placebo, the image shown in place of each image
  /// @param answers number of planned answers
  private record Part(
      Dataset dataset, RunRecord.Dataset record, Optional<Derangement> others, int answers) {}

  /// @param datasets whose images have been read
  /// @throws RunException when a dataset does not fit the captioner
  /// @throws DatasetException when a question cannot be asked or scored
  public static RunPlan of(
      List<Dataset> datasets, Captioner captioner, Answerer answerer, RunSettings settings) {
    RunPlan plan = new RunPlan(captioner, answerer, settings);
    for (Dataset dataset : datasets) {
      plan.add(dataset);
    }
    return plan;
  }

  private RunPlan(Captioner captioner, Answerer answerer, RunSettings settings) {
    this.settings = settings;
    this.captioner = captioner;
    this.prompts = PromptBuilder.of(settings.protocol(), answerer, settings.counts());
  }

  public List<RunRecord.Dataset> datasets() {
    return parts.stream().map(Part::record).toList();
  }

  public PromptBuilder prompts() {
    return prompts;
  }

  /// The total number of planned answers, over all captions and trials.
  public int answers() {
    return parts.stream().mapToInt(Part::answers).sum();
  }

  /// Whether the answerer is first asked what the captioner must look at for each question.
  public boolean hasQueries() {
    return settings.protocol().caption().query() != null && captioner.takesPrompt();
  }

  /// The prompt that asks what the captioner must look at for a question.
  public AnswerPrompt query(Question question) {
    return AnswerPrompt.query(
        Objects.requireNonNull(settings.protocol().caption().query()), question);
  }

  /// The fingerprint of the reply to {@link #query}.
  public String queryFingerprint(String dataset, Question question) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("answerer", Fingerprint.modelParts(prompts.answerer()));
    named.put("prompt", query(question));
    named.put("dataset", dataset);
    named.put("question", question.id());
    return Fingerprint.of("query", named);
  }

  /// The fingerprint of the run: two runs with the same fingerprint are the same run.
  public String fingerprint() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("captioner", Fingerprint.modelParts(captioner.identity()));
    named.put("answerer", Fingerprint.modelParts(prompts.answerer()));
    named.put("protocol", settings.protocol());
    named.put("raw", prompts.form() == PromptBuilder.Form.RAW);
    named.put("asking", settings.counts());
    if (settings.judge() != null) {
      named.put("judge", Fingerprint.judgeParts(JudgePrompt.identity(settings.judge())));
    }
    named.put("datasets", datasets().stream().map(d -> List.of(d.id(), d.checksum())).toList());
    return Fingerprint.of("run", named);
  }

  /// The dataset id and question pairs in the order of the data, without captions.
  public Stream<Map.Entry<String, Question>> questions() {
    return parts.stream()
        .flatMap(part ->
            part.dataset.samples().stream()
                .flatMap(sample -> sample.questions().stream())
                .map(question -> Map.entry(part.dataset.id(), question)));
  }

  /// The questions in the order of the data, each with its planned captions; rebuilt on every
  /// iteration.
  ///
  /// @param queries the answerer's replies to {@link #query}
  public Iterable<PlannedQuestion> plannedQuestions(Journal<AnswerRecord> queries) {
    return new LazyFlatMap<>(groups(queries), QuestionGroup::planned);
  }

  /// The question groups in the order of the data.
  ///
  /// @param queries the answerer's replies to {@link #query}
  public Iterable<QuestionGroup> groups(Journal<AnswerRecord> queries) {
    return new LazyFlatMap<>(
        parts, part -> new LazyFlatMap<>(part.dataset.samples(), s -> groups(part, s, queries)));
  }

  private List<QuestionGroup> groups(Part part, Sample sample, Journal<AnswerRecord> queries) {
    String id = part.dataset.id();
    if (!hasQueries()) {
      return List.of(
          new QuestionGroup(
              id, sample, sample.questions(), null, captions(part, sample, null), null));
    }
    return sample.questions().stream()
        .map(question -> {
          AnswerRecord said = queries.last(queryFingerprint(id, question)).orElseThrow();
          String query = said.reply() == null ? null : Thoughts.of(said.reply()).said();
          return query == null
              ? new QuestionGroup(
                  id,
                  sample,
                  List.of(question),
                  null,
                  List.of(),
                  said.failedOutcome(FailedStage.QUERY))
              : new QuestionGroup(
                  id,
                  sample,
                  List.of(question),
                  query.strip(),
                  captions(part, sample, query.strip()),
                  null);
        })
        .toList();
  }

  private List<List<PlannedCaption>> captions(Part part, Sample sample, @Nullable String query) {
    List<List<PlannedCaption>> captions = new ArrayList<>();
    for (int number = 0; number < settings.protocol().caption().samples(); number++) {
      List<PlannedCaption> ofImages = new ArrayList<>();
      for (ImageFile image : sample.images()) {
        Derangement.Described shown =
            part.others
                .map(o -> o.of(image))
                .orElse(new Derangement.Described(image, sample.description()));
        ofImages.add(caption(part.dataset, shown, captioner.varies() ? number : 0, prompt(query)));
      }
      captions.add(ofImages);
    }
    return captions;
  }

  private String prompt(@Nullable String query) {
    Protocol.Captioning how = settings.protocol().caption();
    if (query == null || how.query() == null) {
      return how.prompt();
    }
    String stop = query.endsWith(".") ? "" : ".";
    return how.prompt() + how.query().lead() + ControlTokens.neutral(query) + stop;
  }

  private PlannedCaption caption(
      Dataset dataset, Derangement.Described shown, int number, String prompt) {
    Protocol protocol = settings.protocol();
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("captioner", Fingerprint.modelParts(captioner.describes()));
    named.put("protocol", protocol.id() + "/" + protocol.version());
    named.put("prompt", prompt);
    named.put("sampling", protocol.caption().sampling());
    named.put("image", shown.image().identity());
    named.put("sample", number);
    if (captioner.describes() instanceof ModelIdentity.Reference) {
      String description = shown.description();
      if (description == null) {
        throw new RunException(
            ("dataset '%s' has no description of %s, which the control 'reference' needs;"
                    + " leave out 'reference' or the dataset")
                .formatted(dataset.id(), shown.image().name()));
      }
      named.put("description", description);
    }
    return new PlannedCaption(
        Fingerprint.of("caption", named), number, shown.image(), shown.description(), prompt);
  }

  /// A question without captions, for the checks of a dataset.
  private static PlannedQuestion unplanned(Dataset dataset, Sample sample, Question question) {
    return new PlannedQuestion(
        dataset.id(), sample.category(), question, List.of(), null, List.of(), List.of(), null);
  }

  private void add(Dataset dataset) {
    MessageDigest content = Sha256.digest();
    Optional<Derangement> others =
        captioner.identity() instanceof ModelIdentity.Placebo placebo
            ? Optional.of(new Derangement(dataset, placebo.seed()))
            : Optional.empty();
    QuestionCheck check = new QuestionCheck(settings.protocol(), prompts);
    int captions = settings.protocol().caption().samples();
    int answers = 0;
    for (Sample sample : dataset.samples()) {
      for (Question question : sample.questions()) {
        check.check(unplanned(dataset, sample, question));
        answers += captions * prompts.times(question, 0).size();
      }
      sample.images().forEach(image -> captioner.expect(image.name(), image.identity()));
      String text =
          String.join(
              "\n",
              sample.images().stream().map(i -> i.name() + "\n" + i.identity()).toList().toString(),
              sample.category(),
              String.valueOf(sample.description()),
              sample.questions().toString());
      content.update(text.getBytes(StandardCharsets.UTF_8));
    }
    Dataset.Origin origin = dataset.origin();
    RunRecord.Dataset record =
        new RunRecord.Dataset(
            dataset.id(),
            dataset.title(),
            origin.layout(),
            origin.revision(),
            new RunRecord.Terms(
                origin.licence(), RunRecord.Display.valueOf(origin.images().name())),
            origin.scorer(),
            "sha256:" + HexFormat.of().formatHex(content.digest()),
            dataset.samples().size(),
            dataset.ofImages(),
            dataset.selection(),
            dataset.questions(),
            dataset.bad().stream().map(BadRow::toString).toList());
    Part part = new Part(dataset, record, others, answers);
    if (captioner.describes() instanceof ModelIdentity.Reference) {
      dataset.samples().forEach(sample -> captions(part, sample, null)); // throws if one is missing
    }
    parts.add(part);
  }
}
