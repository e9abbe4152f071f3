package dev.refract.harness.run;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.read.SpelledJson;
import dev.refract.harness.text.WellFormed;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A JSON Lines file of an import, indexed by id. Of several lines with the same id the first is
/// kept.
///
/// @param bytes of the file
/// @param doubled ids that occur more than once
record ImportedLines(Path file, byte[] bytes, Map<String, Line> byId, List<String> doubled) {

  private static final int MAX_QUOTED_CHARS = 60;

  /// One line.
  ///
  /// @param json as written
  record Line(String place, JsonNode node, String json) {

    /// Whether the field is there and not null.
    boolean has(String field) {
      return node.hasNonNull(field);
    }

    String text(String field) {
      JsonNode value = node.path(field);
      if (!value.isString()) { // numbers are texts, as they were spelled
        throw wrong(field, "text");
      }
      return WellFormed.of(value.asString(""));
    }

    String textOr(String field, String otherwise) {
      return has(field) ? text(field) : otherwise;
    }

    /// The field's texts, at least one: a string or a list of strings.
    List<String> texts(String field) {
      JsonNode value = node.path(field);
      List<String> texts = new ArrayList<>();
      if (value.isArray()) {
        value.forEach(element -> {
          if (!element.isNull()) {
            texts.add(WellFormed.of(element.asString("")));
          }
        });
      } else {
        texts.add(text(field));
      }
      if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
        throw wrong(field, "a text or a list of texts");
      }
      return texts;
    }

    /// A number in [0, 1].
    double share(String field) {
      try {
        double share = Double.parseDouble(node.path(field).asString(""));
        if (share >= 0 && share <= 1) {
          return share;
        }
      } catch (NumberFormatException _) {
        // reported below
      }
      throw wrong(field, "a number from 0 to 1");
    }

    DatasetException wrong(String field, String expected) {
      JsonNode value = node.path(field);
      String found = value.isMissingNode() ? "nothing" : value.toString();
      return new DatasetException(
          "%s: field '%s': expected %s, found %s"
              .formatted(
                  place,
                  field,
                  expected,
                  found.length() > MAX_QUOTED_CHARS
                      ? found.substring(0, MAX_QUOTED_CHARS) + "..."
                      : found));
    }
  }

  static ImportedLines read(Path file, String id) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
      text = text.startsWith("\ufeff") ? text.substring(1) : text; // some editors write one
      Map<String, Line> byId = new LinkedHashMap<>();
      List<String> doubled = new ArrayList<>();
      int number = 0;
      for (String json : text.split("\n", -1)) {
        number++;
        if (!json.isBlank()) {
          Line line = line(file + ":" + number, json);
          if (byId.putIfAbsent(line.text(id), line) != null) {
            doubled.add(line.text(id));
          }
        }
      }
      if (byId.isEmpty()) {
        throw new DatasetException(file + ": contains no lines");
      }
      return new ImportedLines(file, bytes, byId, doubled);
    } catch (NoSuchFileException _) {
      throw new DatasetException(file + ": no such file");
    } catch (CharacterCodingException _) {
      throw new DatasetException(file + ": not UTF-8");
    } catch (IOException e) {
      throw new DatasetException(file + ": cannot be read: " + e);
    }
  }

  private static Line line(String place, String json) {
    try {
      JsonNode node = SpelledJson.tree(json);
      if (node == null || !node.isObject()) {
        throw new DatasetException(place + ": expected an object");
      }
      return new Line(place, node, json);
    } catch (JacksonException e) {
      throw new DatasetException(place + ": not JSON: " + e.getOriginalMessage());
    }
  }

  Optional<String> note() {
    return doubled.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %d lines repeat an id, such as '%s'; the first of each is kept"
                .formatted(file, doubled.size(), doubled.getFirst()));
  }
}
