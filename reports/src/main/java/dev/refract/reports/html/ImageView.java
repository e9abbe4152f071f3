package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.caption.CaptionText;
import dev.refract.reports.render.Texts;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import dev.refract.reports.result.Trial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Content of a page of images in one run: pictures, captions, and every question with its scores.
///
/// @param previous file of the page before, or null on the first
/// @param next file of the page after, or null on the last
public record ImageView(
    String run,
    @Nullable String previous,
    @Nullable String next,
    int number,
    int count,
    List<ImageSection> images) {

  /// Captions of at most this length are repeated in the shown prompt.
  private static final int MAX_REPEATED_CHARS = 200;

  /// One image, or several images that share a question.
  public record ImageSection(
      String name, List<PictureView> pictures, List<QuestionView> questions) {}

  /// @param file name below `images/`; empty when the picture is not shown
  /// @param absence why it is not shown; empty when it is
  public record PictureView(String name, String file, String absence, List<CaptionView> captions) {}

  public record CaptionView(String heading, String text, String note) {}

  /// A picture file of the site.
  ///
  /// @param file name below `images/`; empty when it is not shown
  /// @param absence why it is not shown
  record Shown(String file, String absence) {}

  /// @param outcome of all its trials, in one word
  public record QuestionView(
      String anchor,
      String id,
      String group,
      String question,
      List<String> choices,
      String gold,
      @Nullable Double score,
      String outcome,
      String metric,
      List<TrialView> trials) {}

  /// @param heading which trial it is; empty when there is only one
  /// @param judged the judge's verdict; empty without a judge
  public record TrialView(String heading, Exchange exchange, Verdict verdict, String judged) {}

  /// @param answer parsed from the reply
  public record Exchange(String prompt, String reply, String answer) {}

  /// @param score null where the gold is secret
  /// @param outcome in one word
  /// @param rule the rule behind the score, in words
  public record Verdict(@Nullable Double score, String outcome, String rule) {}

  static String file(int index) {
    return String.format(Locale.ROOT, "images-%04d.html", index + 1);
  }

  static ImageView of(String run, int index, int count, List<ImageSection> images) {
    return new ImageView(
        run,
        index == 0 ? null : file(index - 1),
        index == count - 1 ? null : file(index + 1),
        index + 1,
        count,
        images);
  }

  /// @param shown the pictures of the items' images
  /// @param items questions that all have the same images
  /// @param before number of questions earlier on the page
  static ImageSection section(
      List<Shown> shown, List<ItemResult> items, Map<String, CaptionRecord> captions, int before) {
    List<PictureView> pictures = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      pictures.add(picture(items, i, shown.get(i), captions));
    }
    List<QuestionView> questions = new ArrayList<>();
    for (ItemResult item : items) {
      String anchor = "q" + (before + questions.size() + 1);
      questions.add(question(item, anchor, captions));
    }
    return new ImageSection(items.getFirst().imageNames(), pictures, questions);
  }

  /// The image at an index, with every caption from which a question was answered.
  private static PictureView picture(
      List<ItemResult> items, int place, Shown shown, Map<String, CaptionRecord> captions) {
    ItemResult.Image image = items.getFirst().images().get(place);
    Set<String> used = new LinkedHashSet<>();
    for (ItemResult item : items) {
      item.trials().stream()
          .filter(trial -> place < trial.captions().size())
          .forEach(trial -> used.add(trial.captions().get(place)));
    }
    List<CaptionView> views = new ArrayList<>();
    for (String fingerprint : used) {
      CaptionRecord caption = captions.get(fingerprint);
      String text = caption == null || caption.text() == null ? "" : caption.text();
      String heading = used.size() == 1 ? "Caption" : "Caption " + (views.size() + 1);
      views.add(new CaptionView(heading, Texts.cut(text), note(image, caption)));
    }
    return new PictureView(image.name(), shown.file, shown.absence, views);
  }

  private static String note(ItemResult.Image image, @Nullable CaptionRecord caption) {
    if (caption == null) {
      return "no caption recorded";
    }
    Failure failure = caption.failure();
    if (failure != null) {
      return "no caption: %s (%s)".formatted(failure.message(), failure.kind());
    }
    String text = caption.text() == null ? "" : caption.text();
    String words = CaptionText.words(text) + " words";
    String tokens =
        caption.tokens().outputTokens() == null
            ? ""
            : ", " + caption.tokens().outputTokens() + " tokens";
    String end = caption.isTruncated() ? ", cut at the token limit" : "";
    String time =
        caption.time().seconds() > 0 ? ", " + FORMAT.decimal(caption.time().seconds()) + " s" : "";
    boolean other = !caption.imageSha256().equals(image.sha256());
    String asked = caption.prompt() == null ? "" : ", prompt: " + caption.prompt();
    return words
        + tokens
        + time
        + end
        + (other ? ", from another image: " + caption.image() : "")
        + asked;
  }

  private static QuestionView question(
      ItemResult item, String anchor, Map<String, CaptionRecord> captions) {
    List<String> choices = new ArrayList<>();
    for (int i = 0; i < item.choices().size(); i++) {
      choices.add((char) ('A' + i) + ". " + item.choices().get(i));
    }
    return new QuestionView(
        anchor,
        item.questionId(),
        item.group(),
        item.question(),
        choices,
        String.join(" | ", item.golds()),
        item.golds().isEmpty() ? null : item.score(),
        RunView.word(item),
        isImported(item) ? "imported score" : item.metric(),
        item.trials().stream().map(trial -> trial(item, trial, captions)).toList());
  }

  private static boolean isImported(ItemResult item) {
    return item.trials().stream()
        .allMatch(trial ->
            trial.outcome() instanceof Outcome.Scored scored && scored.basis() == Basis.IMPORTED);
  }

  private static TrialView trial(
      ItemResult item, Trial trial, Map<String, CaptionRecord> captions) {
    Outcome judged = trial.judged();
    return new TrialView(
        item.trials().size() == 1 ? "" : heading(trial),
        new Exchange(
            prompt(trial, captions),
            trial.reply() == null ? "(no reply)" : Texts.cut(trial.reply()),
            Texts.cut(trial.outcome().shown())),
        new Verdict(
            item.golds().isEmpty() ? null : trial.outcome().score(),
            RunView.word(trial.outcome()),
            rule(item, trial.outcome()) + basis(trial.outcome())),
        judged == null ? "" : RunView.word(judged));
  }

  /// The exact prompt; a caption that is already on the page is not repeated.
  private static String prompt(Trial trial, Map<String, CaptionRecord> captions) {
    String prompt = trial.prompt();
    if (prompt == null) {
      return "(never asked)";
    }
    for (String fingerprint : trial.captions()) {
      CaptionRecord caption = captions.get(fingerprint);
      String text = caption == null || caption.text() == null ? "" : caption.text();
      if (text.length() > MAX_REPEATED_CHARS) {
        prompt = prompt.replace(text, "⟨the caption, word for word⟩");
      }
    }
    return Texts.cut(prompt);
  }

  private static String heading(Trial trial) {
    List<String> parts = new ArrayList<>();
    parts.add("Caption " + (trial.sample() + 1));
    if (trial.rotation() > 0) {
      parts.add("options rotated by " + trial.rotation());
    }
    if (trial.repeat() > 0) {
      parts.add("repeat " + (trial.repeat() + 1));
    }
    if (!trial.counts()) {
      parts.add("cut to " + trial.budget() + " pieces");
    }
    return String.join(", ", parts);
  }

  /// Which text got the score, where it is not zero.
  private static String basis(Outcome outcome) {
    if (!(outcome instanceof Outcome.Scored scored) || scored.value() == 0) {
      return "";
    }
    return switch (scored.basis()) {
      case REPLY -> " The reply as it came has this score.";
      case ANSWER -> " The answer found in the reply has this score.";
      case IMPORTED, VERDICT -> "";
    };
  }

  private static String rule(ItemResult item, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed failed -> failed.message();
      case Outcome.Unparsed _ ->
          "The reply contains no answer in the requested form; it counts as 0.";
      case Outcome.Abstained abstained ->
          "The answerer replied that the caption does not contain the answer; it counts as %s."
              .formatted(FORMAT.decimal(abstained.value()));
      case Outcome.Unsupported _ ->
          "Comparing this to the gold needs a computer algebra system; it counts as 0.";
      case Outcome.Unscored _ ->
          "The benchmark keeps its golds secret; the answer is not scored here.";
      case Outcome.Scored scored when scored.basis() == Basis.IMPORTED ->
          "This score came with the import; refract did not compute it."
              + (scored.own() == null
                  ? ""
                  : " By refract's own rules (%s) it is %s."
                      .formatted(item.metric(), FORMAT.decimal(scored.own())));
      case Outcome.Scored _ ->
          switch (item.metric()) {
            case "relaxed_accuracy" ->
                "Numbers may differ from the gold by 5 %; other answers must be equal except for"
                    + " case.";
            case "anls" ->
                "1 − edit distance / length, for the closest gold; values below 0.5 count as 0.";
            case "chartqapro" ->
                "Years must be equal, other numbers may differ from the gold by 5 %, other texts"
                    + " are scored by ANLS; lists are compared element by element.";
            case "contains" -> "The answer must contain a gold.";
            case "vqa_score" ->
                "The mean of min(1, matching golds / 3), leaving out each gold in turn.";
            case "exact_match" -> "The answer must equal a gold except for case and blanks.";
            case "math" -> "The answer must be mathematically equal to a gold.";
            case "captionqa" ->
                "1 for the right option, 1/K + 0.05 for the reply that the caption does not contain"
                    + " the answer.";
            case "caprl" ->
                "The answer must be mathematically equal to the gold. For charts, it may also be"
                    + " within 5 % or equal except for case; infographics are also scored by ANLS.";
            case "choice" -> "The letter must match the gold.";
            case "mmmu" ->
                "The letter must match the gold; a free answer must contain a gold, or the same"
                    + " number to two decimal places.";
            case "mathvista" ->
                "The answer, rounded to the question's precision, must equal the gold; of options,"
                    + " the most similar one counts.";
            case "mmmu_pro", "visulogic", "wemath" ->
                "The letter that the benchmark's script finds must match the gold.";
            default -> "";
          };
    };
  }
}
