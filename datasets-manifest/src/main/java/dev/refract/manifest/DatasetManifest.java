package dev.refract.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A benchmark: exactly which bytes, how its rows become questions, how answers are scored.
///
/// @param id what users call it; the name of its file
/// @param licence of the data, as its makers state it
/// @param images whether a published page may show the pictures
/// @param metric of questions without choices; questions with choices are scored with `choice`
///   unless this is `captionqa`
/// @param questionSuffix what its own harnesses add to a question put to a vision model, or null
/// @param gold false for a split whose answers are not public: it gives a submission, not a score
/// @param expect counts of the whole, or null when nobody has stated them
/// @param sources where it can be had; the first unless another is asked for
public record DatasetManifest(
    String id,
    String title,
    Category category,
    String paper,
    String homepage,
    String licence,
    ImageRule images,
    MetricName metric,
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
    needed("metric", metric);
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
          "'columns': 'answers' is missing; a split without answers says 'gold: false'");
    }
    sources = List.copyOf(sources);
  }

  /// What kind of pictures a benchmark holds.
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

  /// What a published page may do with the pictures.
  public enum ImageRule {
    /// Show them as they are.
    SHOW,
    /// Show them small.
    THUMBNAIL,
    /// Show none.
    HIDE
  }

  /// @param questions in all
  /// @param groups questions by group, possibly not all groups
  public record Expected(int questions, @Nullable Map<String, Integer> groups) {

    public Expected {
      if (questions < 1) {
        throw new IllegalArgumentException("'questions': expected at least 1, found " + questions);
      }
    }
  }

  public boolean hasGold() {
    return !Boolean.FALSE.equals(gold);
  }

  /// @throws IllegalArgumentException naming the key, when it was not given
  static <T> T needed(String key, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + key + "' is missing");
    }
    return value;
  }
}
