package dev.refract.reports.html;

import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the page of one image in one run shows: the picture, its caption, and each question down to
/// its score.
///
/// @param previous file of the page before, or null on the first
/// @param next file of the page after, or null on the last
public record ImageView(
    String run,
    String image,
    List<PictureView> pictures,
    @Nullable String previous,
    @Nullable String next,
    int number,
    int count,
    List<QuestionView> questions) {

  /// @param file name below `images/`; empty when the picture is not shown
  /// @param absence why it is not shown; empty when it is
  public record PictureView(
      String name, String file, String absence, String caption, String captionNote) {}

  /// A picture beside the pages.
  ///
  /// @param file name below `images/`; empty when it is not shown
  /// @param absence why it is not shown
  record Shown(String file, String absence) {}

  static PictureView picture(ItemResult.Image image, Shown shown, @Nullable CaptionRecord caption) {
    return new PictureView(
        image.name(),
        shown.file,
        shown.absence,
        caption == null || caption.text() == null ? "" : caption.text(),
        note(image, caption));
  }

  /// @param rule why the score is what it is, in words
  public record QuestionView(
      String anchor,
      String id,
      String group,
      String question,
      List<String> choices,
      String gold,
      String prompt,
      String reply,
      String answer,
      String score,
      String outcome,
      String metric,
      String rule) {}

  static String file(int index) {
    return String.format(Locale.ROOT, "image-%04d.html", index + 1);
  }

  static ImageView of(
      String run, int index, int count, List<PictureView> pictures, List<ItemResult> items) {
    List<QuestionView> questions = new ArrayList<>();
    for (ItemResult item : items) {
      questions.add(question(item, "q" + (questions.size() + 1)));
    }
    return new ImageView(
        run,
        items.getFirst().imageNames(),
        pictures,
        index == 0 ? null : file(index - 1),
        index == count - 1 ? null : file(index + 1),
        index + 1,
        count,
        questions);
  }

  private static String note(ItemResult.Image image, @Nullable CaptionRecord caption) {
    if (caption == null) {
      return "no caption is on record";
    }
    Failure failure = caption.failure();
    if (failure != null) {
      return "no caption: %s (%s)".formatted(failure.message(), failure.kind());
    }
    String text = caption.text() == null ? "" : caption.text();
    String words = Figures.words(text) + " words";
    String tokens = caption.outputTokens() == null ? "" : ", " + caption.outputTokens() + " tokens";
    String end = "length".equals(caption.finishReason()) ? ", cut at the token limit" : "";
    String time = caption.seconds() > 0 ? ", " + Figures.decimal(caption.seconds()) + " s" : "";
    boolean other = !caption.imageSha256().equals(image.sha256());
    return words + tokens + time + end + (other ? ", of another image: " + caption.image() : "");
  }

  private static QuestionView question(ItemResult item, String anchor) {
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
        item.prompt() == null ? "(never asked)" : item.prompt(),
        item.reply() == null ? "(no reply)" : item.reply(),
        RunView.answer(item.outcome()),
        item.golds().isEmpty() ? "–" : Figures.decimal(item.outcome().score()),
        RunView.word(item.outcome()),
        item.metric(),
        rule(item));
  }

  private static String rule(ItemResult item) {
    return switch (item.outcome()) {
      case Outcome.Failed failed -> failed.message();
      case Outcome.Unparsed _ -> "The reply holds no answer of the form asked for; it counts as 0.";
      case Outcome.Abstained _ ->
          "The answerer says that the caption does not tell; it counts as 0.";
      case Outcome.Unscored _ -> "The benchmark keeps its golds secret; the answer is submitted.";
      case Outcome.Scored _ ->
          switch (item.metric()) {
            case "relaxed_accuracy" ->
                "Numbers may differ from the gold by 5 %; other answers must be equal but for"
                    + " case.";
            case "anls" ->
                "1 − edit distance / length, the best over the golds; below 0.5 it counts as 0.";
            case "chartqapro" ->
                "Years must be equal, other numbers may differ from the gold by 5 %, other texts"
                    + " count by ANLS; lists element by element.";
            case "contains" -> "A gold must stand somewhere in the answer.";
            case "vqa_score" -> "min(1, equal golds / 3), each of the golds left out in turn.";
            case "exact_match" -> "The answer must be a gold but for case and blanks.";
            case "choice" -> "The letter must be the gold's.";
            default -> "";
          };
    };
  }
}
