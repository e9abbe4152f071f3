package dev.refract.harness.dataset.read;

import dev.refract.harness.text.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The options of a question as datasets write them: a column for each, a list, an object with
/// their letters, or a text that spells one of these.
final class OptionColumns {

  private static final Pattern NONE = Pattern.compile("\\bNone\\b");
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"");

  /// The field of an object that stands for a text with options.
  private static final String OPTIONS = "options";

  private OptionColumns() {}

  /// The options in order of their letters. An empty option between others would move the letters
  /// of those after it, so such a row is refused; empty ones at the end do not exist.
  ///
  /// @param columns one with all options, or one for each; null for none
  static List<String> of(Fields fields, @Nullable List<String> columns) throws BadRowException {
    List<String> named = columns == null ? List.of() : columns;
    List<String> choices = new ArrayList<>();
    if (named.size() == 1) {
      choices.addAll(options(fields, named.getFirst()));
    } else {
      for (String column : named) {
        choices.add(fields.optional(column).orElse(""));
      }
    }
    while (!choices.isEmpty() && choices.getLast().isBlank()) {
      choices.removeLast();
    }
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).isBlank()) {
        throw new BadRowException(
            "field '%s': option %s is empty, but option %s is not; write the text of option %s"
                .formatted(
                    named.size() == 1 ? named.getFirst() : named.get(i),
                    QuestionMapper.letter(i),
                    QuestionMapper.letter(choices.size() - 1),
                    QuestionMapper.letter(i)));
      }
    }
    return choices;
  }

  /// The options in one column; a null in a list is an empty option.
  private static List<String> options(Fields fields, String column) throws BadRowException {
    JsonNode value = fields.at(column);
    if (value.isString() && value.asString().strip().matches("(?s)[\\[{].*[\\]}]")) {
      JsonNode written = json(value.asString());
      if (written != null && written.isContainer()) {
        return options(
            new Fields(JsonNodeFactory.instance.objectNode().set(OPTIONS, written)), OPTIONS);
      }
    }
    if (value.isObject()) {
      return lettered(fields, column);
    } else if (!value.isArray()) {
      return written(fields.texts(column));
    }
    List<String> options = new ArrayList<>();
    for (JsonNode option : value) {
      if (option.isNull()) {
        options.add("");
      } else if (option.isValueNode()) {
        options.add(WellFormed.of(option.asString()));
      } else {
        throw new BadRowException(
            "field '%s': expected a list of texts, found %s"
                .formatted(column, fields.found(column)));
      }
    }
    return options.size() == 1 ? written(options) : options;
  }

  /// A text as the JSON that it is, or null.
  private static @Nullable JsonNode json(String text) {
    try {
      return SpelledJson.tree(text);
    } catch (JacksonException _) {
      return null; // Python's, or a text
    }
  }

  /// The options of an object with a field for each letter: `{"A": "one", "B": "two"}`.
  private static List<String> lettered(Fields fields, String column) throws BadRowException {
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, JsonNode> option : fields.at(column).properties()) {
      boolean isNext =
          option.getKey().strip().equalsIgnoreCase(QuestionMapper.letter(options.size()));
      if (!isNext || !(option.getValue().isValueNode())) {
        throw new BadRowException(
            "field '%s': expected a list of options, or an object with the letters A, B, C ... in"
                    .formatted(column)
                + " order, found "
                + fields.found(column));
      }
      options.add(option.getValue().isNull() ? "" : WellFormed.of(option.getValue().asString()));
    }
    return options;
  }

  /// Options in a single text that is written as Python's list, where `None` is an empty option.
  private static List<String> written(List<String> texts) {
    List<String> options = QuestionMapper.listed(texts);
    boolean isList = texts.size() == 1 && !options.equals(texts);
    return isList && NONE.matcher(QUOTED.matcher(texts.getFirst()).replaceAll("")).find()
        ? options.stream().map(option -> option.equals("None") ? "" : option).toList()
        : options;
  }
}
