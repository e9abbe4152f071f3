package dev.refract.manifest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps a row's columns to their meaning. A column name may be a path into a struct, as in
/// `metadata.task`.
///
/// @param id question id; the row's number when not given
/// @param group the question's type, such as human or augmented
/// @param groupNames display names of the values of `group`
/// @param category replaces the manifest's category for an image
/// @param description the ground-truth description of the image
/// @param metric replaces the manifest's metric for a question
/// @param attributes columns of further values that a metric needs, by attribute name
/// @param where values that a row must have to belong to the benchmark
/// @param adapter conversion of rows that columns alone cannot describe
public record Columns(
    @Nullable String id,
    @JsonUnwrapped ImageColumns image,
    @JsonUnwrapped QuestionColumns asked,
    @Nullable String group,
    @Nullable Map<String, String> groupNames,
    @Nullable String category,
    @Nullable String description,
    @Nullable String metric,
    @Nullable Map<String, String> attributes,
    @Nullable Map<String, String> where,
    @Nullable Adapter adapter) {

  /// @param images columns with one or several images; empty ones are skipped
  /// @param imagePrefix prefix of image paths
  public record ImageColumns(@Nullable List<String> images, @Nullable String imagePrefix) {

    static final ImageColumns NONE = new ImageColumns(null, null);

    private ImageColumns or(ImageColumns other) {
      return new ImageColumns(
          images == null ? other.images : images,
          imagePrefix == null ? other.imagePrefix : imagePrefix);
    }
  }

  /// @param context column of a text to put before the question
  /// @param answers column of the accepted answers
  /// @param answerForm how the answers are written; `text` when not given
  /// @param choices one column with all options, or one column for each option
  /// @param choicesIn a text column with the options after the question: `A: one B: two`
  public record QuestionColumns(
      @Nullable String question,
      @Nullable String context,
      @Nullable String answers,
      @Nullable AnswerForm answerForm,
      @Nullable List<String> choices,
      @Nullable String choicesIn) {

    static final QuestionColumns NONE = new QuestionColumns(null, null, null, null, null, null);

    private QuestionColumns or(QuestionColumns other) {
      return new QuestionColumns(
          question == null ? other.question : question,
          context == null ? other.context : context,
          answers == null ? other.answers : answers,
          answerForm == null ? other.answerForm : answerForm,
          choices == null ? other.choices : choices,
          choicesIn == null ? other.choicesIn : choicesIn);
    }
  }

  /// No columns named.
  public static final Columns NONE =
      new Columns(
          null,
          ImageColumns.NONE,
          QuestionColumns.NONE,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  /// How a gold is written.
  public enum AnswerForm {
    /// Plain text; a list contains several accepted answers.
    TEXT,
    /// A list, or a text that may be a Python list literal.
    LIST,
    /// The letter of a choice; the same as `list` when there are no choices.
    LETTER,
    /// The number of a choice, from 0; the same as `list` when there are no choices.
    INDEX,
    /// The text of a choice; the same as `text` when there are no choices.
    OPTION
  }

  /// Conversions of rows that columns alone cannot describe.
  public enum Adapter {
    /// CharXiv's four descriptive questions per figure, given as template numbers.
    CHARXIV_DESCRIPTIVE,
    /// ChartQAPro's conversations: all but the last turn become context.
    CHARTQAPRO,
    /// CaptionQA's list of questions per image.
    CAPTIONQA
  }

  /// The columns of refract's own JSON Lines.
  public static final Columns INTERCHANGE =
      new Columns(
          "question_id",
          new ImageColumns(List.of("image", "images"), null),
          new QuestionColumns("question", null, "answers", null, List.of("choices"), null),
          "group",
          null,
          "category",
          "description",
          "metric",
          null,
          null,
          null);

  /// The columns of a table of questions, with an option in each of the columns A to J.
  static Columns table(@Nullable String id, @Nullable String group) {
    return new Columns(
        id,
        new ImageColumns(List.of("image"), null),
        new QuestionColumns(
            "question",
            null,
            "answer",
            null,
            List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J"),
            null),
        group,
        null,
        null,
        null,
        "metric",
        null,
        null,
        null);
  }

  static Columns of(@Nullable String id, String image, String question, String answers) {
    return new Columns(
        id,
        new ImageColumns(List.of(image), null),
        new QuestionColumns(question, null, answers, null, null, null),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /// The same columns for a split whose answers are not public.
  public Columns withoutAnswers() {
    return new Columns(
        id,
        image,
        new QuestionColumns(
            asked.question, asked.context, null, null, asked.choices, asked.choicesIn),
        group,
        groupNames,
        category,
        description,
        metric,
        attributes,
        where,
        adapter);
  }

  /// These columns; missing ones are taken from the other.
  Columns or(Columns other) {
    return new Columns(
        id == null ? other.id : id,
        image.or(other.image),
        asked.or(other.asked),
        group == null ? other.group : group,
        groupNames == null ? other.groupNames : groupNames,
        category == null ? other.category : category,
        description == null ? other.description : description,
        metric == null ? other.metric : metric,
        attributes == null ? other.attributes : attributes,
        where == null ? other.where : where,
        adapter == null ? other.adapter : adapter);
  }
}
