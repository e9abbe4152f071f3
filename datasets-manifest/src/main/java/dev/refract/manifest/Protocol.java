package dev.refract.manifest;

import org.jspecify.annotations.Nullable;

/// The prompts for captioners and answerers and the scoring of replies: everything that two runs
/// must share for their results to be comparable.
///
/// @param id its id for users; equals the file name
/// @param version raised with every changed character of a prompt
/// @param source origin of the protocol, such as a paper
public record Protocol(
    String id,
    int version,
    String title,
    String source,
    Captioning caption,
    Answering answer,
    Scoring score) {

  static final String CAPTION = "{caption}";
  static final String QUESTION = "{question}";
  static final String OPTIONS = "{options}";
  private static final int MAX_CAPTION_SAMPLES = 64;

  public Protocol {
    DatasetManifest.needed("id", id);
    DatasetManifest.needed("title", title);
    DatasetManifest.needed("source", source);
    DatasetManifest.needed("caption", caption);
    DatasetManifest.needed("answer", answer);
    DatasetManifest.needed("score", score);
    if (!id.matches("[a-z0-9][a-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "'id': expected lower-case letters, digits, '.', '_' and '-', found '" + id + "'");
    } else if (version < 1) {
      throw new IllegalArgumentException("'version': expected at least 1, found " + version);
    }
  }

  /// The captioner's side.
  ///
  /// @param samples number of captions per image, at least 1; the score is their mean
  /// @param query how a question changes the prompt, or null when the prompt does not depend on the
  ///   question; results with and without it are not comparable
  public record Captioning(String prompt, int samples, Sampling sampling, @Nullable Query query) {

    public Captioning {
      if (DatasetManifest.needed("prompt", prompt).isBlank()) {
        throw new IllegalArgumentException("'prompt': expected a text");
      } else if (samples < 1 || samples > MAX_CAPTION_SAMPLES) {
        throw new IllegalArgumentException(
            "'samples': expected 1 to %d, found %d".formatted(MAX_CAPTION_SAMPLES, samples));
      }
      DatasetManifest.needed("sampling", sampling);
    }
  }

  /// The answerer first names what to look at for a question. The captioner's prompt includes this
  /// phrase; the captioner never sees the question itself.
  ///
  /// @param template prompt for the answerer, with `{question}`
  /// @param lead text between the caption prompt and the answerer's reply
  public record Query(String template, String lead) {

    public Query {
      once("template", DatasetManifest.needed("template", template), QUESTION);
      DatasetManifest.needed("lead", lead);
    }
  }

  /// The answerer's side.
  ///
  /// @param system the instruction, or null for no system turn
  /// @param template the user turn, with `{caption}`, then `{question}`, then `{options}`
  /// @param options text around the lettered options, for questions with options
  /// @param raw chat template for `/completions`, used when the server supports it; or null
  /// @param direct the user turn of the control `direct`, which sees the image
  public record Answering(
      @Nullable String system,
      String template,
      Options options,
      @Nullable Raw raw,
      String direct,
      Sampling sampling) {

    public Answering {
      int caption = once("template", DatasetManifest.needed("template", template), CAPTION);
      int question = once("template", template, QUESTION);
      int choices = once("template", template, OPTIONS);
      if (caption > question || question > choices) {
        throw new IllegalArgumentException(
            "'template': expected {caption}, {question}, {options} in this order");
      }
      DatasetManifest.needed("options", options);
      once("direct", DatasetManifest.needed("direct", direct), QUESTION);
      once("direct", direct, OPTIONS);
      DatasetManifest.needed("sampling", sampling);
    }
  }

  /// @param before text before the first option's line
  /// @param after text after the last option's line
  /// @param shuffle whether options have the CaptionQA release's shuffled order and its extra
  ///   option "Cannot answer from the caption"
  public record Options(String before, String after, boolean shuffle) {

    public Options {
      DatasetManifest.needed("before", before);
      DatasetManifest.needed("after", after);
    }
  }

  /// A model's chat template.
  ///
  /// @param before opening of the user turn
  /// @param after end of the user turn and opening of the answer
  /// @param picture placeholder of the image in the dataset's own prompts; the caption replaces it
  public record Raw(String before, String after, String picture) {

    public Raw {
      DatasetManifest.needed("before", before);
      DatasetManifest.needed("after", after);
      DatasetManifest.needed("picture", picture);
    }
  }

  /// @param metric metric that replaces each question's own, or null
  public record Scoring(Parser parser, @Nullable MetricName metric, MetricMode mode) {

    public Scoring {
      DatasetManifest.needed("parser", parser);
      DatasetManifest.needed("mode", mode);
    }
  }

  /// How an answer is found in a reply.
  public enum Parser {
    /// Removes lead-ins, emphasis, quotes and thoughts; two different answers count as none.
    LENIENT,
    /// The content of `\boxed{}` in the last answer block, as CapRL's scorer reads it.
    BOXED,
    /// The first standalone letter, as CaptionQA's scorer reads it.
    FIRST_LETTER
  }

  /// The position of a placeholder.
  private static int once(String key, String text, String placeholder) {
    int at = text.indexOf(placeholder);
    if (at < 0 || text.indexOf(placeholder, at + 1) >= 0) {
      throw new IllegalArgumentException("'%s': expected %s once".formatted(key, placeholder));
    }
    return at;
  }
}
