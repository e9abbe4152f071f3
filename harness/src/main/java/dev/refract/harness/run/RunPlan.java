package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.DirectCaptioner;
import dev.refract.harness.caption.PlaceboCaptioner;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.model.Sha256;
import dev.refract.manifest.Protocol;
import dev.refract.reports.caption.ControlTokens;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
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

/// Everything that a run will do, decided before it does anything: the images in order, with the
/// fingerprints that make it resumable.
final class RunPlan {

  private final RunSettings settings;
  private final Captioner captioner;
  private final Answering answering;
  private final List<Part> parts = new ArrayList<>();

  /// A dataset of the run.
  ///
  /// @param others for a placebo the image that is shown for each image
  /// @param answers that there will be
  private record Part(
      Dataset dataset, RunRecord.Dataset record, Optional<Derangement> others, int answers) {}

  /// One caption of one image.
  ///
  /// @param sample which of the image's captions
  /// @param shown the image that the captioner sees: another one for a placebo
  /// @param prompt what the captioner is asked
  record PlannedCaption(
      String fingerprint,
      int sample,
      ImageFile shown,
      @Nullable String description,
      String prompt) {}

  /// Questions that share their captions.
  ///
  /// @param captions for each caption sample one for each image
  record Unit(
      String dataset,
      Sample sample,
      List<Question> questions,
      @Nullable String query,
      List<List<PlannedCaption>> captions,
      Outcome.@Nullable Failed lost) {

    List<Entry> entries() {
      List<ItemResult.Image> images =
          sample.images().stream()
              .map(image -> new ItemResult.Image(image.name(), image.identity()))
              .toList();
      List<List<String>> fingerprints =
          captions.stream()
              .map(ofImages -> ofImages.stream().map(PlannedCaption::fingerprint).toList())
              .toList();
      return questions.stream()
          .map(question ->
              new Entry(
                  dataset,
                  sample.category(),
                  question,
                  images,
                  query,
                  fingerprints,
                  sample.images(),
                  lost))
          .toList();
    }
  }

  /// @param datasets whose images have been read
  /// @param takesRaw whether the answerer takes a chat template written out
  /// @throws RunException when a dataset does not fit the captioner
  /// @throws DatasetException when a question could never be scored
  static RunPlan of(
      List<Dataset> datasets,
      Captioner captioner,
      Map<String, Object> answerer,
      boolean takesRaw,
      RunSettings settings) {
    RunPlan plan = new RunPlan(captioner, answerer, takesRaw, settings);
    for (Dataset dataset : datasets) {
      plan.add(dataset);
    }
    return plan;
  }

  private RunPlan(
      Captioner captioner, Map<String, Object> answerer, boolean takesRaw, RunSettings settings) {
    this.settings = settings;
    this.captioner = captioner;
    Protocol protocol = settings.protocol();
    this.answering =
        captioner instanceof DirectCaptioner direct
            ? new Answering(protocol, false, true, direct.answerer(), settings.asking())
            : new Answering(
                protocol,
                takesRaw && protocol.answer().raw() != null,
                false,
                answerer,
                settings.asking());
  }

  List<RunRecord.Dataset> datasets() {
    return parts.stream().map(Part::record).toList();
  }

  Answering answering() {
    return answering;
  }

  /// Every caption and answer that there will be: how often an answerer replies.
  int answers() {
    return parts.stream().mapToInt(Part::answers).sum();
  }

  /// Whether the answerer first says what each question asks to look at.
  boolean hasQueries() {
    return settings.protocol().caption().query() != null && captioner.takesPrompt();
  }

  /// The prompt that asks what a question asks to look at.
  AnswerPrompt query(Question question) {
    return AnswerPrompt.query(
        Objects.requireNonNull(settings.protocol().caption().query()), question);
  }

  /// What the reply to that is known by.
  String queryFingerprint(String dataset, Question question) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("answerer", Fingerprint.model(answering.answerer()));
    named.put("prompt", query(question));
    named.put("dataset", dataset);
    named.put("question", question.id());
    return Fingerprint.of("query", named);
  }

  /// What makes two runs the same run.
  String fingerprint() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("captioner", Fingerprint.model(captioner.identity()));
    named.put("answerer", Fingerprint.model(answering.answerer()));
    named.put("protocol", settings.protocol());
    named.put("raw", answering.raw());
    named.put("asking", settings.asking());
    if (settings.judge() != null) {
      named.put("judge", Fingerprint.model(Judging.identity(settings.judge())));
    }
    named.put("datasets", datasets().stream().map(d -> List.of(d.id(), d.checksum())).toList());
    return Fingerprint.of("run", named);
  }

  /// The questions in the order of the data, before anything is known of their captions.
  Stream<Map.Entry<String, Question>> questions() {
    return parts.stream()
        .flatMap(part ->
            part.dataset.samples().stream()
                .flatMap(sample -> sample.questions().stream())
                .map(question -> Map.entry(part.dataset.id(), question)));
  }

  /// The questions in the order of the data, each with the captions that it is asked on; made anew
  /// each time that they are gone through.
  ///
  /// @param queries what the answerer said that each question asks to look at
  Iterable<Entry> entries(Journal<AnswerRecord> queries) {
    return new Flat<>(units(queries), Unit::entries);
  }

  /// The work in the order of the data.
  ///
  /// @param queries what the answerer said that each question asks to look at
  Iterable<Unit> units(Journal<AnswerRecord> queries) {
    return new Flat<>(
        parts, part -> new Flat<>(part.dataset.samples(), s -> units(part, s, queries)));
  }

  private List<Unit> units(Part part, Sample sample, Journal<AnswerRecord> queries) {
    String id = part.dataset.id();
    if (!hasQueries()) {
      return List.of(
          new Unit(id, sample, sample.questions(), null, captions(part, sample, null), null));
    }
    return sample.questions().stream()
        .map(question -> {
          AnswerRecord said = queries.last(queryFingerprint(id, question)).orElseThrow();
          String query = said.reply();
          return query == null
              ? new Unit(
                  id, sample, List.of(question), null, List.of(), Interview.failed("query", said))
              : new Unit(
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
    Map<String, Object> describing = CaptionPool.describing(captioner);
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("captioner", Fingerprint.model(describing));
    named.put("protocol", protocol.id() + "/" + protocol.version());
    named.put("prompt", prompt);
    named.put("sampling", protocol.caption().sampling());
    named.put("image", shown.image().identity());
    named.put("sample", number);
    if ("reference".equals(describing.get("kind"))) {
      String description = shown.description();
      if (description == null) {
        throw new RunException(
            "dataset '%s' has no description of %s, so the control 'reference' cannot run on it; leave 'reference' out or the dataset"
                .formatted(dataset.id(), shown.image().name()));
      }
      named.put("description", description);
    }
    return new PlannedCaption(
        Fingerprint.of("caption", named), number, shown.image(), shown.description(), prompt);
  }

  private void add(Dataset dataset) {
    MessageDigest content = Sha256.digest();
    Optional<Derangement> others =
        captioner instanceof PlaceboCaptioner placebo
            ? Optional.of(new Derangement(dataset, placebo.seed()))
            : Optional.empty();
    QuestionCheck check = new QuestionCheck(settings.protocol(), answering);
    int captions = settings.protocol().caption().samples();
    int answers = 0;
    for (Sample sample : dataset.samples()) {
      check.of(dataset, sample);
      for (Question question : sample.questions()) {
        answers += captions * answering.times(question, 0).size();
      }
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
            origin.licence(),
            RunRecord.Display.valueOf(origin.images().name()),
            "sha256:" + HexFormat.of().formatHex(content.digest()),
            dataset.samples().size(),
            dataset.ofImages(),
            dataset.selection(),
            dataset.questions(),
            dataset.bad().stream().map(BadRow::toString).toList());
    Part part = new Part(dataset, record, others, answers);
    if ("reference".equals(CaptionPool.describing(captioner).get("kind"))) {
      dataset.samples().forEach(sample -> captions(part, sample, null)); // tells what is missing
    }
    parts.add(part);
  }
}
