package dev.refract.harness.config;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to evaluate: the content of a configuration file, or the same from flags.
///
/// @param datasets ids, folders, manifests or CapRL files; relative to the working directory
/// @param suites ids of suites, whose datasets are added
/// @param answerer the only answerer; null when there are `answerers`
/// @param judge judge of free-form answers, or null for none
/// @param protocol an id or the path of a file; short-answer when null
/// @param onBadSample `fail` or `skip`
/// @param imageRoot folder of the images of CapRL files
/// @param sequential whether all captions are made before the first question is asked
public record EvalConfig(
    @Nullable List<String> datasets,
    @Nullable List<String> suites,
    @Nullable List<ModelSpec> captioners,
    @Nullable ModelSpec answerer,
    @Nullable List<ModelSpec> answerers,
    @Nullable ModelSpec judge,
    @Nullable String protocol,
    @JsonUnwrapped Trials trials,
    @JsonUnwrapped Selected selection,
    @Nullable OnBad onBadSample,
    @Nullable Path imageRoot,
    @Nullable Boolean sequential) {

  /// How often each question is asked.
  ///
  /// @param rotations how many rotations of the options of choice questions; null for one
  /// @param repeats how often every question is asked; null for once
  /// @param captionBudget additional caption lengths to ask with, in pieces
  public record Trials(
      @Nullable Integer rotations,
      @Nullable Integer repeats,
      @Nullable List<Integer> captionBudget) {

    static final Trials UNSAID = new Trials(null, null, null);
  }

  /// Which part of each dataset is used.
  ///
  /// @param limit number of images from the start, or null for all
  /// @param sample number of images drawn at random, or null for all
  /// @param seed random seed for `sample`
  /// @param filter accepted values by `group`, `category` or `metric`
  /// @param ids a file of question ids, one per line
  public record Selected(
      @Nullable Integer limit,
      @Nullable Integer sample,
      @Nullable Long seed,
      @Nullable Map<String, Set<String>> filter,
      @Nullable Path ids) {

    static final Selected ALL = new Selected(null, null, null, null, null);
  }

  public EvalConfig {
    if ((datasets != null && datasets.stream().anyMatch(Objects::isNull))
        || (suites != null && suites.stream().anyMatch(Objects::isNull))
        || (captioners != null && captioners.stream().anyMatch(Objects::isNull))
        || (answerers != null && answerers.stream().anyMatch(Objects::isNull))
        || (trials.captionBudget != null
            && trials.captionBudget.stream().anyMatch(Objects::isNull))) {
      throw new IllegalArgumentException(
          "an entry of datasets, suites, captioners, answerers or caption_budget is empty");
    } else if (answerer != null && answerers != null) {
      throw new IllegalArgumentException("expected 'answerer' or 'answerers', found both");
    }
  }

  public static final EvalConfig EMPTY =
      new EvalConfig(
          null, null, null, null, null, null, null, Trials.UNSAID, Selected.ALL, null, null, null);

  /// The answerers; empty when none is named.
  public List<ModelSpec> answering() {
    return answerers != null ? answerers : answerer != null ? List.of(answerer) : List.of();
  }

  /// @throws ManifestException naming file and line
  public static EvalConfig read(Path file) {
    try {
      return StrictYaml.read(Files.readAllBytes(file), file.toString(), EvalConfig.class);
    } catch (NoSuchFileException _) {
      throw new ManifestException(file + ": no such file");
    } catch (IOException e) {
      throw new ManifestException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
