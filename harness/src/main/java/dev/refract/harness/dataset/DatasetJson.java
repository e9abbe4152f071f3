package dev.refract.harness.dataset;

import dev.refract.harness.text.WellFormed;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the JSON in which benchmarks come; a missing or mistyped field is told by file, entry and
/// what was expected.
final class DatasetJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private DatasetJson() {}

  /// A JSON object with the place that it was read from.
  record Entry(String place, JsonNode node) {

    String text(String field) {
      JsonNode value = node.path(field);
      boolean scalar = value.isString() || value.isNumber();
      if (!scalar || value.asString().isBlank()) {
        throw new DatasetException(
            "%s: field '%s': expected text, found %s".formatted(place, field, found(value)));
      }
      return WellFormed.of(value.asString());
    }

    String textOr(String field, String otherwise) {
      return node.has(field) ? text(field) : otherwise;
    }

    /// One text, or several.
    List<String> texts(String field) {
      JsonNode value = node.path(field);
      List<String> texts = new ArrayList<>();
      if (value.isArray()) {
        value.forEach(v -> texts.add(WellFormed.of(v.asString(""))));
      } else if (value.isString() || value.isNumber()) {
        texts.add(WellFormed.of(value.asString()));
      }
      if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
        throw new DatasetException(
            "%s: field '%s': expected one answer or a list of answers, found %s"
                .formatted(place, field, found(value)));
      }
      return texts;
    }

    List<String> textsOrNone(String field) {
      return node.has(field) ? texts(field) : List.of();
    }

    private static String found(JsonNode value) {
      if (value.isMissingNode()) {
        return "nothing";
      }
      String json = value.toString();
      return json.length() > 60 ? json.substring(0, 60) + "..." : json;
    }
  }

  /// The objects of a JSON Lines file; empty lines are skipped.
  static List<Entry> lines(Path file) {
    List<Entry> entries = new ArrayList<>();
    int number = 0;
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (number == 1 && line.startsWith("\ufeff")) {
          line = line.substring(1); // a byte order mark, as some editors leave it
        }
        if (!line.isBlank()) {
          entries.add(
              new Entry(file + ":" + number, object(JSON.readTree(line), file + ":" + number)));
        }
      }
    } catch (CharacterCodingException _) {
      throw new DatasetException(file + ":" + (number + 1) + " or soon after: not UTF-8");
    } catch (JacksonException e) {
      throw new DatasetException(file + ":" + number + ": not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return entries;
  }

  /// The objects of the array at `field` of a JSON file, or of the file itself when `field` is
  /// empty.
  static List<Entry> array(Path file, String field) {
    JsonNode root = tree(file);
    JsonNode array = field.isEmpty() ? root : root.path(field);
    if (!array.isArray()) {
      throw new DatasetException(
          "%s: expected a list%s, found %s"
              .formatted(file, field.isEmpty() ? "" : " in '" + field + "'", array.getNodeType()));
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode node : array) {
      String place = file + ": entry " + (entries.size() + 1);
      entries.add(new Entry(place, object(node, place)));
    }
    return entries;
  }

  static JsonNode tree(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new DatasetException(file + ":" + line + ": not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static JsonNode object(JsonNode node, String place) {
    if (!node.isObject()) {
      throw new DatasetException(place + ": expected an object, found " + node.getNodeType());
    }
    return node;
  }

  private static DatasetException unreadable(Path file, IOException e) {
    return new DatasetException(file + ": cannot be read: " + e);
  }
}
