package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.text.PythonList;
import dev.refract.manifest.Columns;
import dev.refract.manifest.Columns.Adapter;
import dev.refract.manifest.Columns.AnswerForm;
import dev.refract.manifest.MetricName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Maps a row's fields to its questions. Pure.
///
/// @param metric metric of questions without choices, or null when each row must name its own
/// @param gold whether golds are expected
/// @param idPrefix prefix of the question ids
/// @param group group of questions whose rows name none
public record QuestionMapper(
    Columns columns,
    @Nullable MetricName metric,
    boolean gold,
    String idPrefix,
    @Nullable String group) {

  private static final String ATTRIBUTES = "attributes";

  /// The letters A to Z.
  private static final int MAX_OPTIONS = 26;

  /// The row's questions; empty when the row does not belong to the benchmark.
  public List<Question> questions(Row row) throws BadRowException {
    Map<String, String> where = columns.where() == null ? Map.of() : columns.where();
    Fields whole = new Fields(row.fields());
    for (Map.Entry<String, String> condition : where.entrySet()) {
      if (!whole.optional(condition.getKey()).orElse("").equals(condition.getValue())) {
        return List.of();
      }
    }
    List<JsonNode> parts = RowAdapter.apply(columns.adapter(), row.fields());
    String id = columns.id() == null ? String.valueOf(row.number()) : whole.text(columns.id());
    List<Question> questions = new ArrayList<>();
    for (JsonNode part : parts) {
      String suffix = parts.size() == 1 ? "" : "-" + (questions.size() + 1);
      questions.add(question(new Fields(part), idPrefix + id + suffix));
    }
    return questions;
  }

  private Question question(Fields fields, String id) throws BadRowException {
    String text = text(fields);
    List<String> choices = OptionColumns.of(fields, columns.asked().choices());
    if (columns.asked().choicesIn() != null) {
      String stands = fields.text(columns.asked().choicesIn());
      OptionText options = OptionText.parse(stands).orElse(null);
      if (options != null) {
        choices = options.options();
        text =
            columns.asked().choicesIn().equals(columns.asked().question())
                ? options.before()
                : text;
      }
    }
    String context = fields.optional(columns.asked().context()).orElse("");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, String> attribute :
        (columns.attributes() == null ? Map.<String, String>of() : columns.attributes())
            .entrySet()) {
      List<String> values = listed(fields.texts(attribute.getValue()));
      if (!values.isEmpty()) {
        attributes.put(attribute.getKey(), String.join(",", values));
      }
    }
    if (columns.attributes() == null) {
      // refract's exports store them as one object, or as JSON text where a format has no objects.
      JsonNode own = fields.at(ATTRIBUTES);
      JsonNode object = own.isString() ? parsed(own.asString()) : own;
      if (!object.isObject() && !object.isMissingNode() && !object.isNull()) {
        throw new BadRowException(
            "field '%s': expected an object, found %s"
                .formatted(ATTRIBUTES, fields.found(ATTRIBUTES)));
      }
      for (Map.Entry<String, JsonNode> each : object.properties()) {
        if (!each.getValue().isNull()) {
          attributes.put(
              each.getKey(),
              String.join(",", new Fields(each.getValue()).listed(ATTRIBUTES, each.getKey())));
        }
      }
    }
    return new Question(
        id,
        group(fields),
        context.isEmpty() ? text : context + "\n\n" + text,
        choices,
        gold ? golds(fields, choices) : List.of(),
        metric(fields, choices),
        attributes);
  }

  private static JsonNode parsed(String json) throws BadRowException {
    try {
      return JsonRows.JSON.readTree(json);
    } catch (JacksonException _) {
      throw new BadRowException("field '" + ATTRIBUTES + "': expected a JSON object");
    }
  }

  private String text(Fields fields) throws BadRowException {
    String column = java.util.Objects.requireNonNull(columns.asked().question());
    if (columns.adapter() != Adapter.CHARTQAPRO) {
      return fields.text(column);
    }
    List<String> turns = listed(fields.texts(column));
    List<String> answers =
        listed(fields.texts(java.util.Objects.requireNonNull(columns.asked().answers())));
    if (turns.isEmpty() || turns.getLast().isBlank()) {
      throw new BadRowException(
          "field '%s': expected a question, found %s".formatted(column, fields.found(column)));
    }
    StringBuilder conversation = new StringBuilder();
    for (int i = 0; i + 1 < turns.size(); i++) {
      conversation.append("Q: ").append(turns.get(i)).append('\n');
      conversation.append("A: ").append(i < answers.size() ? answers.get(i) : "").append('\n');
    }
    return conversation + turns.getLast();
  }

  /// Parses a single text that is written as a list.
  static List<String> listed(List<String> texts) {
    return texts.size() == 1 ? PythonList.parse(texts.getFirst()).orElse(texts) : texts;
  }

  private List<String> golds(Fields fields, List<String> choices) throws BadRowException {
    String column = java.util.Objects.requireNonNull(columns.asked().answers());
    List<String> golds = fields.texts(column);
    if (columns.adapter() == Adapter.CHARTQAPRO) {
      List<String> turns = listed(golds);
      golds = turns.isEmpty() ? turns : List.of(turns.getLast());
    } else if (choices.isEmpty()
        ? columns.asked().answerForm() != null
            && columns.asked().answerForm() != AnswerForm.TEXT
            && columns.asked().answerForm() != AnswerForm.OPTION
        : columns.asked().answerForm() == AnswerForm.LIST) {
      golds = listed(golds);
    }
    if (columns.adapter() != Adapter.CHARTQAPRO && !choices.isEmpty()) {
      List<String> letters = new ArrayList<>();
      for (String gold : golds) {
        letters.add(letter(gold.strip(), choices, fields));
      }
      golds = letters;
    }
    if (golds.isEmpty() || golds.stream().allMatch(String::isBlank)) {
      throw new BadRowException(
          "field '%s': expected an answer or a list of answers, found %s"
              .formatted(column, fields.found(column)));
    }
    return golds;
  }

  private String letter(String gold, List<String> choices, Fields fields) throws BadRowException {
    AnswerForm form =
        columns.asked().answerForm() == null ? AnswerForm.TEXT : columns.asked().answerForm();
    return switch (form) {
      case TEXT, LIST, LETTER -> {
        int option = choices.stream().map(String::strip).toList().indexOf(gold);
        boolean isLetter = gold.matches("[A-Z]") && gold.charAt(0) - 'A' < choices.size();
        if (!isLetter && option < 0) {
          throw notOne(fields, choices, "the letter of a choice");
        }
        yield isLetter ? gold : letter(option);
      }
      case INDEX -> {
        // A column of whole numbers with an empty cell becomes one of floating point.
        String index = gold.replaceFirst("\\.0+$", "");
        if (!index.matches("\\d{1,2}") || Integer.parseInt(index) >= choices.size()) {
          throw notOne(fields, choices, "the number of a choice from 0");
        }
        yield letter(Integer.parseInt(index));
      }
      case OPTION -> {
        int option = choices.stream().map(String::strip).toList().indexOf(gold);
        if (option < 0) {
          throw notOne(fields, choices, "the text of a choice");
        }
        yield letter(option);
      }
    };
  }

  private BadRowException notOne(Fields fields, List<String> choices, String expected) {
    String column = java.util.Objects.requireNonNull(columns.asked().answers());
    return new BadRowException(
        "field '%s': expected %s (of %d), found %s"
            .formatted(column, expected, choices.size(), fields.found(column)));
  }

  static String letter(int option) {
    return String.valueOf((char) ('A' + option));
  }

  private String group(Fields fields) throws BadRowException {
    String found = fields.optional(columns.group()).orElse("");
    if (found.isEmpty()) {
      return group == null ? "question" : group;
    }
    Map<String, String> names = columns.groupNames() == null ? Map.of() : columns.groupNames();
    return names.getOrDefault(found, found);
  }

  private String metric(Fields fields, List<String> choices) throws BadRowException {
    String name = named(fields, choices);
    MetricName found = MetricName.of(name).orElseThrow();
    if (choices.size() > MAX_OPTIONS) {
      throw new BadRowException(
          "expected at most %d options, one for each letter, found %d"
              .formatted(MAX_OPTIONS, choices.size()));
    } else if (choices.isEmpty() ? !found.takesFreeAnswers() : !found.takesOptions()) {
      throw new BadRowException(
          choices.isEmpty()
              ? "metric '%s' scores options, but the row has none".formatted(name)
              : "metric '%s' scores free answers, but the row has %d options"
                  .formatted(name, choices.size()));
    }
    return name;
  }

  private String named(Fields fields, List<String> choices) throws BadRowException {
    String own = fields.optional(columns.metric()).orElse("");
    if (!own.isEmpty()) {
      if (Stream.of(MetricName.values()).noneMatch(known -> known.toString().equals(own))) {
        throw new BadRowException(
            "field '%s': expected one of %s, found '%s'"
                .formatted(columns.metric(), List.of(MetricName.values()), own));
      }
      return own;
    } else if (!choices.isEmpty() && (metric == null || !metric.takesOptions())) {
      return MetricName.CHOICE.toString();
    } else if (metric == null) {
      throw new BadRowException(
          "field '%s': expected the name of a metric, found nothing"
              .formatted(columns.metric() == null ? "metric" : columns.metric()));
    }
    return metric.toString();
  }

  /// The columns that must exist.
  static Set<String> needed(Columns columns) {
    Set<String> needed = new java.util.LinkedHashSet<>();
    add(needed, columns.id());
    if (columns.image().images() != null) {
      needed.add(columns.image().images().getFirst());
    }
    add(needed, columns.asked().question());
    add(needed, columns.asked().answers());
    add(needed, columns.asked().choicesIn());
    if (columns.asked().choices() != null && columns.asked().choices().size() == 1) {
      needed.addAll(columns.asked().choices());
    }
    if (columns.where() != null) {
      needed.addAll(columns.where().keySet());
    }
    needed.addAll(RowAdapter.columns(columns.adapter()));
    needed.removeAll(RowAdapter.made(columns.adapter()));
    return needed;
  }

  /// The columns that are named but may be absent.
  static Set<String> optional(Columns columns) {
    Set<String> optional = new java.util.LinkedHashSet<>();
    add(optional, columns.asked().context());
    add(optional, columns.group());
    add(optional, columns.category());
    add(optional, columns.description());
    add(optional, columns.metric());
    optional.addAll(
        columns.attributes() == null ? List.of(ATTRIBUTES) : columns.attributes().values());
    if (columns.asked().choices() != null) {
      optional.addAll(columns.asked().choices());
    }
    optional.removeAll(needed(columns));
    optional.removeAll(RowAdapter.made(columns.adapter()));
    return optional;
  }

  /// Adds a note when the file has no group column, since all its questions then form one group.
  static void noteAbsent(
      java.nio.file.Path file,
      Columns columns,
      java.util.function.Predicate<String> known,
      Row.Sink sink) {
    String group = columns.group();
    if (group != null
        && !RowAdapter.made(columns.adapter()).contains(group)
        && !known.test(group)) {
      sink.note("%s has no column '%s': its questions have no groups".formatted(file, group));
    }
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }
}
