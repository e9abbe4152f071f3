package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run is: its resolved configuration and provenance, the content of `run.json`.
///
/// @param format version of the run-file format, {@value #FORMAT}
/// @param fingerprint SHA-256 over everything that makes two runs the same run
/// @param state `running` or `finished`
/// @param captioner identity and sampling, as resolved
/// @param answerer identity and sampling, as resolved
/// @param created ISO-8601 instant
public record RunRecord(
    int format,
    String name,
    String fingerprint,
    State state,
    Map<String, Object> captioner,
    Map<String, Object> answerer,
    Protocol protocol,
    List<Dataset> datasets,
    Environment environment,
    String created) {

  public static final int FORMAT = 2;

  /// Whether every planned question has an outcome.
  public enum State {
    RUNNING,
    FINISHED
  }

  /// The prompts, with their version.
  public record Protocol(
      String id, int version, String captionPrompt, String answerSystem, String answerTemplate) {}

  /// What a published page may do with a dataset's pictures.
  public enum Display {
    SHOW,
    THUMBNAIL,
    HIDE
  }

  /// @param revision the commit or checksum of its source, or null for a folder
  /// @param display what a published page may do with its pictures
  /// @param checksum SHA-256 over questions, descriptions and image bytes, in order
  /// @param images how many of its images the run takes
  /// @param ofImages how many the dataset has
  /// @param selection which ones it takes, in words; empty for all
  /// @param skipped rows that could not be read and were left out
  public record Dataset(
      String id,
      String title,
      String layout,
      @Nullable String revision,
      @Nullable String licence,
      Display display,
      String checksum,
      int images,
      int ofImages,
      String selection,
      int questions,
      List<String> skipped) {

    /// Such as "60 images", or "36 of 60 images (the first 36)".
    public String extent() {
      String bad = skipped.isEmpty() ? "" : ", " + skipped.size() + " bad left out";
      return selection.isEmpty()
          ? images + " images" + bad
          : "%d of %d images (%s)%s".formatted(images, ofImages, selection, bad);
    }
  }

  /// Where the run was made.
  public record Environment(
      String harness, String java, String os, String processor, int processors) {}

  private static final List<String> CONTROLS = List.of("blind", "placebo", "reference");

  /// Whether its captioner is a yardstick for others, whose speed means nothing.
  @JsonIgnore
  public boolean isControl() {
    return CONTROLS.contains(String.valueOf(captioner.get("kind")));
  }

  public RunRecord finished() {
    return new RunRecord(
        format,
        name,
        fingerprint,
        State.FINISHED,
        captioner,
        answerer,
        protocol,
        datasets,
        environment,
        created);
  }
}
