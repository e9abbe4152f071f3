package dev.refract.reports.html;

import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;

/// From what the questions of a run were answered.
enum Answered {
  FROM_CAPTIONS("answered from the caption alone by a text-only LLM"),
  WITHOUT_CAPTION("answered without a caption (control)"),
  FROM_OTHER_CAPTIONS("answered from another image's caption (control)"),
  FROM_REFERENCE("answered from the dataset's own description (control)"),
  FROM_IMAGES("answered by a vision model from the image itself (control)"),
  IMPORTED_WITH_CAPTIONS(
      "captions and answers were imported; how they were made is not known here"),
  IMPORTED("answers were imported without captions; how they were made is not known here");

  private final String words;

  Answered(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  static Answered of(RunRecord run, Summary summary) {
    return switch (run.captioner()) {
      case ModelIdentity.Blind _ -> WITHOUT_CAPTION;
      case ModelIdentity.Placebo _ -> FROM_OTHER_CAPTIONS;
      case ModelIdentity.Reference _ -> FROM_REFERENCE;
      case ModelIdentity.Direct _ -> FROM_IMAGES;
      default ->
          !(run.answerer() instanceof ModelIdentity.Imported)
              ? FROM_CAPTIONS
              : summary.health().captions() == 0 ? IMPORTED : IMPORTED_WITH_CAPTIONS;
    };
  }

  /// What the rows of a board are, for its head.
  static String lead(boolean captions, boolean others) {
    if (captions && !others) {
      return "How many of a benchmark's questions a text-only LLM answers from the caption alone."
          + " It never sees the image.";
    }
    String imported =
        "answers that were imported without captions, so that it is not known here what was seen.";
    return captions
        ? "How many of a benchmark's questions a text-only LLM answers from the caption alone. Rows"
            + " without words per caption are "
            + imported
        : "How many of a benchmark's questions are answered rightly: " + imported;
  }
}
