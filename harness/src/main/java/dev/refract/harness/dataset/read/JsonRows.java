package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.Columns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Objects of a JSON file, one at a time: its lines, or a list, which is the whole file or its
/// field `data`. Images are paths, or data URLs.
///
/// @param lines whether each line is an object
public record JsonRows(boolean lines) implements RowReader {

  static final JsonRows LINES = new JsonRows(true);
  static final JsonRows LIST = new JsonRows(false);

  static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// What is done with each object.
  @FunctionalInterface
  interface Each {
    void row(String place, long number, JsonNode node) throws IOException;
  }

  @Override
  public void read(Path file, Columns columns, Row.Sink sink) throws IOException {
    Each each =
        (place, number, node) -> {
          try {
            sink.row(new Row(place, number, node, images(node, columns)));
          } catch (BadRowException e) {
            sink.bad(place, String.valueOf(e.getMessage()));
          }
        };
    if (lines) {
      lines(file, each);
    } else {
      list(file, each);
    }
  }

  private static List<Row.Cell> images(JsonNode node, Columns columns) throws BadRowException {
    List<Row.Cell> cells = new ArrayList<>();
    for (String column : columns.images() == null ? List.<String>of() : columns.images()) {
      for (String path : new Fields(node).texts(column)) {
        if (!path.isBlank()) {
          cells.add(ImageText.cell(path, columns.imagePrefix()));
        }
      }
    }
    return cells;
  }

  /// The objects of a JSON Lines file; empty lines are skipped.
  static void lines(Path file, Each each) throws IOException {
    int number = 0;
    long rows = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (number == 1 && line.startsWith("\ufeff")) {
          line = line.substring(1); // a byte order mark, as some editors leave it
        }
        if (!line.isBlank()) {
          String place = file + ":" + number;
          each.row(place, ++rows, object(JSON.readTree(line), place));
        }
      }
    } catch (CharacterCodingException _) {
      throw new DatasetException(file + ":" + (number + 1) + " or soon after: not UTF-8");
    } catch (JacksonException e) {
      throw new DatasetException(file + ":" + number + ": not JSON: " + e.getOriginalMessage());
    }
  }

  static void list(Path file, Each each) throws IOException {
    try (Reader reader =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        JsonParser parser = JSON.createParser(reader)) {
      enter(file, parser);
      long rows = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == null) {
          throw new DatasetException(file + ": ends inside of its list");
        }
        int line = parser.currentTokenLocation().getLineNr();
        rows++;
        String place = "%s:%d: entry %d".formatted(file, Math.max(1, line), rows);
        each.row(place, rows, object(parser.readValueAsTree(), place));
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new DatasetException(file + ":" + line + ": not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw new DatasetException(file + ": not UTF-8");
    }
  }

  /// Goes to the list's first entry.
  private static void enter(Path file, JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("data")) {
          first = value;
          break;
        }
        parser.skipChildren();
      }
    }
    if (first != JsonToken.START_ARRAY) {
      throw new DatasetException(
          "%s: expected a list, or an object with a list 'data', found %s"
              .formatted(
                  file,
                  first == null ? "nothing" : first.name().toLowerCase(java.util.Locale.ROOT)));
    }
  }

  static JsonNode object(@Nullable JsonNode node, String place) {
    if (node == null || !node.isObject()) {
      throw new DatasetException(
          place + ": expected an object, found " + (node == null ? "nothing" : node.getNodeType()));
    }
    return node;
  }
}
