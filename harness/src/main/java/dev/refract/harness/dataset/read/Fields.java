package dev.refract.harness.dataset.read;

import dev.refract.harness.text.WellFormed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Access to the fields of a row by name, with readable error messages.
record Fields(JsonNode node) {

  private static final int MAX_QUOTED_CHARS = 60;

  /// The field of that name, or the nested field when the name is a dotted path.
  JsonNode at(String name) {
    if (node.has(name)) {
      return node.get(name);
    }
    JsonNode at = node;
    for (String step : name.split("\\.", -1)) {
      at = at.path(step);
    }
    return at;
  }

  private static boolean isScalar(JsonNode value) {
    return value.isString() || value.isNumber() || value.isBoolean();
  }

  /// A text that is not blank.
  String text(String name) throws BadRowException {
    return optional(name)
        .orElseThrow(() ->
            new BadRowException(
                "field '%s': expected text, found %s".formatted(name, found(name))));
  }

  /// The text, or empty when it is absent, null or blank.
  Optional<String> optional(@Nullable String name) throws BadRowException {
    if (name == null) {
      return Optional.empty();
    }
    JsonNode value = at(name);
    if (value.isArray() && value.size() > 0 && isScalar(value.get(0))) {
      value = value.get(0); // a question with several types counts only for the first
    } else if (!isScalar(value) && !value.isMissingNode() && !value.isNull() && !value.isArray()) {
      throw new BadRowException("field '%s': expected text, found %s".formatted(name, found(name)));
    }
    return isScalar(value) && !value.asString().isBlank()
        ? Optional.of(WellFormed.of(value.asString()))
        : Optional.empty();
  }

  /// One or several texts; empty when the field is absent or null. Nulls in a list are no texts.
  List<String> texts(String name) throws BadRowException {
    List<String> texts = new ArrayList<>();
    JsonNode value = at(name);
    if (isScalar(value)) {
      texts.add(WellFormed.of(value.asString()));
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        if (element.isNull()) {
          continue;
        } else if (!isScalar(element)) {
          throw new BadRowException(
              "field '%s': expected a list of texts, found %s".formatted(name, found(name)));
        }
        texts.add(WellFormed.of(element.asString()));
      }
    } else if (!value.isMissingNode() && !value.isNull()) {
      throw new BadRowException(
          "field '%s': expected a text or a list, found %s".formatted(name, found(name)));
    }
    return texts;
  }

  /// This value as one or several texts.
  ///
  /// @param field, name for messages
  List<String> listed(String field, String name) throws BadRowException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node.isArray() ? node : List.of(node)) {
      if (!isScalar(element)) {
        throw new BadRowException(
            "field '%s': '%s': expected a text or a list of texts, found %s"
                .formatted(field, name, shortened(node.toString())));
      }
      texts.add(WellFormed.of(element.asString()));
    }
    return texts;
  }

  /// The field's value, shortened for messages.
  String found(String name) {
    JsonNode value = at(name);
    if (value instanceof MissingNode) {
      return "nothing";
    }
    return shortened(value.toString());
  }

  /// The text, cut for messages.
  static String shortened(String text) {
    return text.length() > MAX_QUOTED_CHARS ? text.substring(0, MAX_QUOTED_CHARS) + "..." : text;
  }
}
