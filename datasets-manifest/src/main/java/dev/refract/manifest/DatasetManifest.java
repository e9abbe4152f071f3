package dev.refract.manifest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A benchmark: the sources of its data, how its rows become questions, how answers are scored.
///
/// @param id its id for users; equals the file name
/// @param licence licence of the data, as its authors state it
/// @param images how a published page may show the images
/// @param scoring its metric, and the script that the metric reproduces
/// @param questionSuffix text that the benchmark's own harnesses append to questions for a vision
///   model, or null
/// @param gold false for a split whose answers are not public: it gives a submission, not a score
/// @param expect expected question counts, or null when unknown
/// @param sources where the data are available; the first is the default
public record DatasetManifest(
    String id,
    String title,
    Category category,
    String paper,
    String homepage,
    String licence,
    ImageRule images,
    @JsonUnwrapped Scoring scoring,
    @Nullable String questionSuffix,
    @Nullable Boolean gold,
    @Nullable Expected expect,
    List<DatasetSource> sources) {

  public DatasetManifest {
    needed("id", id);
    needed("title", title);
    needed("category", category);
    needed("paper", paper);
    needed("homepage", homepage);
    needed("licence", licence);
    needed("images", images);
    needed("metric", scoring.metric);
    if (!id.matches("[a-z0-9][a-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "'id': expected lower-case letters, digits, '.', '_' and '-', found '" + id + "'");
    }
    if (needed("sources", sources).isEmpty()) {
      throw new IllegalArgumentException("'sources': expected at least one");
    }
    boolean secret = Boolean.FALSE.equals(gold);
    if (!secret
        && sources.stream()
            .anyMatch(s -> s.columns() == null || s.columns().asked().answers() == null)) {
      throw new IllegalArgumentException(
          "'columns': 'answers' is missing; a split without answers needs 'gold: false'");
    }
    sources = List.copyOf(sources);
  }

  /// The kind of images in a benchmark.
  public enum Category {
    CHART,
    DOCUMENT,
    INFOGRAPHIC,
    DIAGRAM,
    GENERAL,
    MATH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How a published page may show the images.
  public enum ImageRule {
    /// Show them in full size.
    SHOW,
    /// Show them as thumbnails.
    THUMBNAIL,
    /// Do not show them.
    HIDE
  }

  /// @param questions total number of questions
  /// @param groups number of questions by group, possibly not of all groups
  public record Expected(int questions, @Nullable Map<String, Integer> groups) {

    public Expected {
      if (questions < 1) {
        throw new IllegalArgumentException("'questions': expected at least 1, found " + questions);
      }
    }
  }

  /// @param metric metric of questions without choices; questions with choices are scored with
  ///   `choice` unless this metric takes options
  /// @param scorer the script of the benchmark that its score reproduces, or null when not stated
  public record Scoring(MetricName metric, @Nullable Scorer scorer) {}

  /// The benchmark's own script.
  ///
  /// @param script its repository and file
  /// @param commit of the repository when the two were compared
  /// @param checked how the score here was compared with the script's
  /// @param approximate how the score here differs, in words; null where it is the same for every
  ///   reply
  public record Scorer(
      String script, @Nullable String commit, String checked, @Nullable String approximate) {

    public Scorer {
      needed("script", script);
      needed("checked", checked);
    }
  }

  public MetricName metric() {
    return scoring.metric;
  }

  public @Nullable Scorer scorer() {
    return scoring.scorer;
  }

  public boolean hasGold() {
    return !Boolean.FALSE.equals(gold);
  }

  /// @throws IllegalArgumentException when the key is missing; the message names it
  static <T> T needed(String key, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value;
  }
}
