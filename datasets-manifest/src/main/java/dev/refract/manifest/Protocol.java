package dev.refract.manifest;

import org.jspecify.annotations.Nullable;

/// How captioners are asked, how answerers are asked, how replies count: everything that two runs
/// must share before their figures compare.
///
/// @param id what users call it; the name of its file
/// @param version raised with every changed character of a prompt
/// @param source whose protocol it is
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
  /// @param samples captions of each image, at least 1; their mean counts
  /// @param query how a question changes the prompt, or null where captioners see no question: a
  ///   track of its own
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

  /// The answerer first says what a question asks to look at; the captioner is told that, and never
  /// sees the question itself.
  ///
  /// @param template what the answerer is asked, with `{question}`
  /// @param lead between the caption prompt and what the answerer said
  public record Query(String template, String lead) {

    public Query {
      once("template", DatasetManifest.needed("template", template), QUESTION);
      DatasetManifest.needed("lead", lead);
    }
  }

  /// The answerer's side.
  ///
  /// @param system the instruction, or null for no system turn
  /// @param template the user's turn, with `{caption}`, then `{question}`, then `{options}`
  /// @param options what stands around the lettered options, where a question has some
  /// @param raw the same for `/completions`, used where the server offers it; or null
  /// @param direct the user's turn of the control `direct`, which sees the image
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

  /// @param before the first option's line, `after` the last one's
  /// @param shuffle whether options stand in the order in which the CaptionQA release shuffles
  ///   them, with its further option that the caption does not tell
  public record Options(String before, String after, boolean shuffle) {

    public Options {
      DatasetManifest.needed("before", before);
      DatasetManifest.needed("after", after);
    }
  }

  /// A chat template written out.
  ///
  /// @param before what opens the user's turn
  /// @param after what closes it and opens the answer
  /// @param picture what stands for the image in the data's own prompts, and gives way to the
  ///   caption
  public record Raw(String before, String after, String picture) {

    public Raw {
      DatasetManifest.needed("before", before);
      DatasetManifest.needed("after", after);
      DatasetManifest.needed("picture", picture);
    }
  }

  /// @param metric that replaces each question's own, or null
  public record Scoring(Parser parser, @Nullable MetricName metric, MetricMode mode) {

    public Scoring {
      DatasetManifest.needed("parser", parser);
      DatasetManifest.needed("mode", mode);
    }
  }

  /// How an answer is found in a reply.
  public enum Parser {
    /// Leads, emphasis, quotes and thoughts come off; two answers are none.
    LENIENT,
    /// What `\boxed{}` holds in the last answer block, as CapRL's scorer reads it.
    BOXED,
    /// The first letter that stands by itself, as CaptionQA's scorer reads it.
    FIRST_LETTER
  }

  /// Where a placeholder stands.
  private static int once(String key, String text, String placeholder) {
    int at = text.indexOf(placeholder);
    if (at < 0 || text.indexOf(placeholder, at + 1) >= 0) {
      throw new IllegalArgumentException("'%s': expected %s once".formatted(key, placeholder));
    }
    return at;
  }
}
