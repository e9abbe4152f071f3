package dev.refract.manifest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which columns of a row hold what. A name may lead into a struct, as in `metadata.task`.
///
/// @param id of the question; the row's number when not given
/// @param group the question's type, such as human or augmented
/// @param groupNames what the values of `group` are called
/// @param category replaces the manifest's category for an image
/// @param description the ground-truth description of the image
/// @param metric replaces the manifest's metric for a question
/// @param attributes further facts that a metric needs, by the name that it asks for
/// @param where values that a row must have to belong to the benchmark
/// @param adapter for rows that columns alone cannot describe
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

  /// @param images columns that hold an image or several; empty ones are skipped
  /// @param imagePrefix put before an image path
  public record ImageColumns(@Nullable List<String> images, @Nullable String imagePrefix) {

    static final ImageColumns NONE = new ImageColumns(null, null);

    private ImageColumns or(ImageColumns other) {
      return new ImageColumns(
          images == null ? other.images : images,
          imagePrefix == null ? other.imagePrefix : imagePrefix);
    }
  }

  /// @param context text that goes before the question
  /// @param answers the accepted answers
  /// @param answerForm how they are written; `text` when not given
  /// @param choices one column that holds all options, or one for each
  /// @param choicesIn a text column that holds the options behind the question: `A: one B: two`
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

  /// Nothing named.
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
    /// As it is; a list holds several accepted answers.
    TEXT,
    /// A list, or a text that a Python list literal may be written in.
    LIST,
    /// The letter of a choice; without choices as `list`.
    LETTER,
    /// The number of a choice, from 0; without choices as `list`.
    INDEX,
    /// The text of a choice; without choices as `list`.
    OPTION
  }

  /// Rows that columns alone cannot describe.
  public enum Adapter {
    /// CharXiv's four descriptive questions a figure, given as numbers of templates.
    CHARXIV_DESCRIPTIVE,
    /// ChartQAPro's conversations: all but the last turn become context.
    CHARTQAPRO,
    /// CaptionQA's list of questions an image.
    CAPTIONQA
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

  /// The same for a split whose answers are not public.
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

  /// These, and the other's where these are silent.
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
