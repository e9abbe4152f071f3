package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.PlaceboCaptioner;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.model.Sha256;
import dev.refract.harness.score.Metrics;
import dev.refract.reports.result.RunRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that a run will do, decided before it does anything: the images in order, with the
/// fingerprints that make it resumable.
final class RunPlan {

  private final Protocol protocol;
  private final Map<String, Object> captioner;
  private final Optional<PlaceboCaptioner> placebo;
  private final Map<String, Object> answerer;
  private final List<PlannedSample> samples = new ArrayList<>();
  private final List<RunRecord.Dataset> datasets = new ArrayList<>();

  /// One caption of one image.
  ///
  /// @param shown the image that the captioner sees: another one for a placebo
  record PlannedCaption(
      ImageFile image, ImageFile shown, @Nullable String description, String fingerprint) {}

  /// @param captions one for each image of the sample, in its order
  record PlannedSample(String dataset, Sample sample, List<PlannedCaption> captions) {}

  /// @param datasets whose images have been read
  /// @throws RunException when a dataset does not fit the captioner
  /// @throws DatasetException when a question could never be scored
  static RunPlan of(
      List<Dataset> datasets, Captioner captioner, Answerer answerer, Protocol protocol) {
    RunPlan plan = new RunPlan(protocol, captioner, answerer.identity());
    for (Dataset dataset : datasets) {
      plan.add(dataset);
    }
    return plan;
  }

  private RunPlan(Protocol protocol, Captioner captioner, Map<String, Object> answerer) {
    this.protocol = protocol;
    this.captioner = captioner.identity();
    this.placebo = captioner instanceof PlaceboCaptioner p ? Optional.of(p) : Optional.empty();
    this.answerer = answerer;
  }

  List<PlannedSample> samples() {
    return samples;
  }

  List<RunRecord.Dataset> datasets() {
    return datasets;
  }

  int questions() {
    return datasets.stream().mapToInt(RunRecord.Dataset::questions).sum();
  }

  Protocol protocol() {
    return protocol;
  }

  /// What makes two runs the same run.
  String fingerprint() {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("captioner", captioner);
    parts.put("answerer", answerer);
    parts.put("protocol", protocol);
    parts.put("datasets", datasets.stream().map(d -> List.of(d.id(), d.checksum())).toList());
    return Fingerprint.of("run", parts);
  }

  /// @param captions of the sample's images, in its order
  AnswerPrompt prompt(List<String> captions, Question question) {
    return protocol.prompt(captions, question);
  }

  String answerFingerprint(PlannedSample sample, Question question, AnswerPrompt prompt) {
    return Fingerprint.answer(answerer, protocol, prompt, sample.dataset(), question.id());
  }

  private void add(Dataset dataset) {
    MessageDigest content = Sha256.digest();
    Optional<Derangement> others = placebo.map(p -> new Derangement(dataset, p.seed()));
    for (Sample sample : dataset.samples()) {
      check(dataset, sample);
      List<PlannedCaption> captions = new ArrayList<>();
      for (ImageFile image : sample.images()) {
        Derangement.Described shown =
            others
                .map(o -> o.of(image))
                .orElse(new Derangement.Described(image, sample.description()));
        captions.add(
            new PlannedCaption(
                image, shown.image(), shown.description(), captionFingerprint(dataset, shown)));
      }
      samples.add(new PlannedSample(dataset.id(), sample, captions));
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
    datasets.add(
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
            dataset.bad().stream().map(BadRow::toString).toList()));
  }

  private String captionFingerprint(Dataset dataset, Derangement.Described shown) {
    Map<String, Object> describing = placebo.map(p -> p.of().identity()).orElse(captioner);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("captioner", describing);
    parts.put("protocol", protocol.id() + "/" + protocol.version());
    parts.put("prompt", protocol.captionPrompt());
    parts.put("sampling", protocol.captionSampling());
    parts.put("image", shown.image().identity());
    parts.put("sample", 0);
    if ("reference".equals(describing.get("kind"))) {
      String description = shown.description();
      if (description == null) {
        throw new RunException(
            "dataset '%s' has no description of %s, so the control 'reference' cannot run on it; leave 'reference' out or the dataset"
                .formatted(dataset.id(), shown.image().name()));
      }
      parts.put("description", description);
    }
    return Fingerprint.of("caption", parts);
  }

  private static void check(Dataset dataset, Sample sample) {
    for (Question question : sample.questions()) {
      String problem = problem(question);
      if (!problem.isEmpty()) {
        throw new DatasetException(
            "dataset '%s', question '%s': %s".formatted(dataset.id(), question.id(), problem));
      }
    }
  }

  /// Why the question could never be scored as it is meant, or an empty text.
  private static String problem(Question question) {
    int options = question.choices().size();
    if (Metrics.named(question.metric()).isEmpty()) {
      return "metric '%s' cannot be computed; known: %s"
          .formatted(question.metric(), String.join(", ", Metrics.names()));
    } else if (question.metric().equals("choice") != options > 0) {
      return "metric 'choice' goes with 'choices', and only with them; found metric '%s' and %d choices"
          .formatted(question.metric(), options);
    } else if (options > 26) {
      return "at most 26 choices have a letter, found " + options;
    }
    for (String gold : question.golds()) {
      boolean letter =
          gold.length() == 1 && gold.charAt(0) >= 'A' && gold.charAt(0) - 'A' < options;
      if (options > 0 && !letter) {
        return "expected the letter of a choice, A to %c, found '%s'"
            .formatted('A' + options - 1, gold);
      }
    }
    return "";
  }
}
