package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.Columns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the objects of a JSON file one at a time: either JSON Lines, or a list that is the whole
/// file or its field `data`. Numbers keep their spelling.
///
/// @param lines whether the file is JSON Lines
public record JsonRows(boolean lines) implements RowReader {

  static final JsonRows LINES = new JsonRows(true);
  static final JsonRows LIST = new JsonRows(false);

  static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Receives each object.
  interface Each {
    void row(String place, long number, JsonNode node) throws IOException;

    void bad(String place, String problem);
  }

  /// Converts an object to a row.
  @FunctionalInterface
  interface ToRow {
    Row row(String place, long number, JsonNode node) throws BadRowException;
  }

  /// Passes converted rows to the sink, and reports objects that cannot be converted.
  record Handing(Row.Sink sink, ToRow how) implements Each {

    @Override
    public void row(String place, long number, JsonNode node) throws IOException {
      Row row;
      try {
        row = how.row(place, number, node);
      } catch (BadRowException e) {
        bad(place, String.valueOf(e.getMessage()));
        return;
      }
      sink.row(row);
    }

    @Override
    public void bad(String place, String problem) {
      sink.bad(place, problem);
    }
  }

  @Override
  public void read(Path file, Columns columns, Row.Sink sink) throws IOException {
    Each each =
        new Handing(
            sink, (place, number, node) -> new Row(place, number, node, images(node, columns)));
    if (lines) {
      lines(file, each);
    } else {
      list(file, each);
    }
  }

  private static List<Row.Cell> images(JsonNode node, Columns columns) throws BadRowException {
    List<Row.Cell> cells = new ArrayList<>();
    for (String column :
        columns.image().images() == null ? List.<String>of() : columns.image().images()) {
      cells.addAll(ImageText.cells(new Fields(node).at(column), columns.image().imagePrefix()));
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
          line = line.substring(1); // a byte order mark, which some editors write
        }
        if (!line.isBlank()) {
          rows++;
          String place = file + ":" + number;
          try {
            give(each, place, rows, SpelledJson.tree(line));
          } catch (JacksonException e) {
            each.bad(place, "not JSON: " + e.getOriginalMessage());
          }
        }
      }
    } catch (CharacterCodingException _) {
      throw new DatasetException(file + ":" + (number + 1) + " or soon after: not UTF-8");
    }
  }

  static void list(Path file, Each each) throws IOException {
    try (Reader reader = withoutMark(Files.newBufferedReader(file, StandardCharsets.UTF_8));
        JsonParser parser = JSON.createParser(reader)) {
      boolean whole = enter(file, parser);
      long rows = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() == null) {
          throw new DatasetException(file + ": the file ends inside its list");
        }
        int line = parser.currentTokenLocation().getLineNr();
        rows++;
        String place = "%s:%d: entry %d".formatted(file, Math.max(1, line), rows);
        give(each, place, rows, SpelledJson.tree(parser));
      }
      if (whole && parser.nextToken() != null) {
        throw new DatasetException(file + ": unexpected content after its list");
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new DatasetException(file + ":" + line + ": not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw new DatasetException(file + ": not UTF-8");
    }
  }

  /// Skips a byte order mark, which some editors write.
  private static Reader withoutMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
    return reader;
  }

  private static void give(Each each, String place, long number, @Nullable JsonNode node)
      throws IOException {
    if (node != null && node.isObject()) {
      each.row(place, number, node);
    } else {
      each.bad(
          place,
          "expected an object, found "
              + (node == null
                  ? "nothing"
                  : Fields.shortened(node.isString() ? node.asString() : node.toString())));
    }
  }

  /// Moves the parser to the first entry of the list.
  ///
  /// @return whether the list is the whole file
  private static boolean enter(Path file, JsonParser parser) {
    JsonToken first = parser.nextToken();
    boolean inside = first == JsonToken.START_OBJECT;
    if (inside) {
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
              .formatted(file, first == null ? "nothing" : first.name().toLowerCase(Locale.ROOT)));
    }
    return !inside;
  }
}
