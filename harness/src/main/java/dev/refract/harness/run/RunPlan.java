package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.model.Sha256;
import dev.refract.harness.score.Metrics;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that a run will do, decided before it does anything: the images in order, with the
/// fingerprints that make it resumable.
final class RunPlan {

  private final Protocol protocol;
  private final Map<String, Object> captioner;
  private final Map<String, Object> answerer;
  private final List<PlannedImage> images = new ArrayList<>();
  private final List<RunRecord.Dataset> datasets = new ArrayList<>();

  /// @param sha256 of the image's bytes
  record PlannedImage(String dataset, Sample sample, String sha256, String captionFingerprint) {}

  /// @throws RunException when a dataset does not fit the captioner
  /// @throws DatasetException when a question could never be scored
  static RunPlan of(
      List<Dataset> datasets, Captioner captioner, Answerer answerer, Protocol protocol)
      throws IOException {
    RunPlan plan = new RunPlan(protocol, captioner.identity(), answerer.identity());
    for (Dataset dataset : datasets) {
      plan.add(dataset);
    }
    return plan;
  }

  private RunPlan(Protocol protocol, Map<String, Object> captioner, Map<String, Object> answerer) {
    this.protocol = protocol;
    this.captioner = captioner;
    this.answerer = answerer;
  }

  List<PlannedImage> images() {
    return images;
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
    parts.put("datasets", datasets);
    return Fingerprint.of("run", parts);
  }

  AnswerPrompt prompt(String caption, Question question) {
    return AnswerPrompt.of(protocol.answerSystem(), protocol.answerTemplate(), caption, question);
  }

  String answerFingerprint(PlannedImage image, Question question, AnswerPrompt prompt) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("answerer", answerer);
    parts.put("sampling", protocol.answerSampling());
    parts.put("prompt", prompt);
    // Two questions with one text are still asked, and kept, apart.
    parts.put("dataset", image.dataset());
    parts.put("question", question.id());
    return Fingerprint.of("answer", parts);
  }

  private void add(Dataset dataset) throws IOException {
    MessageDigest content = Sha256.digest();
    for (Sample sample : dataset.samples()) {
      String sha = Sha256.of(sample.bytes());
      Map<String, Object> parts = new LinkedHashMap<>();
      parts.put("captioner", captioner);
      parts.put("protocol", protocol.id() + "/" + protocol.version());
      parts.put("prompt", protocol.captionPrompt());
      parts.put("sampling", protocol.captionSampling());
      parts.put("image", sha);
      parts.put("sample", 0);
      if ("reference".equals(captioner.get("kind"))) {
        String description = sample.description();
        if (description == null) {
          throw new RunException(
              "dataset '%s' has no description of %s, so the control 'reference' cannot run on it; leave 'reference' out or the dataset"
                  .formatted(dataset.id(), sample.image()));
        }
        parts.put("description", description);
      }
      images.add(new PlannedImage(dataset.id(), sample, sha, Fingerprint.of("caption", parts)));
      check(dataset, sample);
      String text =
          String.join(
              "\n",
              sample.image(),
              sha,
              sample.category(),
              String.valueOf(sample.description()),
              sample.questions().toString());
      content.update(text.getBytes(StandardCharsets.UTF_8));
    }
    datasets.add(
        new RunRecord.Dataset(
            dataset.id(),
            dataset.title(),
            dataset.layout(),
            "sha256:" + HexFormat.of().formatHex(content.digest()),
            dataset.samples().size(),
            dataset.ofImages(),
            dataset.questions()));
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
      return "metric '%s' is unknown; known: %s"
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
