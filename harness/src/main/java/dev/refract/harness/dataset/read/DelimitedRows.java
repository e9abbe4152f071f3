package dev.refract.harness.dataset.read;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.text.PythonList;
import dev.refract.manifest.Columns;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Delimited text with a header and quoted cells that may span lines. An image is a path, a data
/// URL, base64, or a list of these; in VLMEvalKit's TSV also the id of the row with the image. A
/// TSV without images in the file names them in its column `image_path`.
///
/// @param encoded whether a short text is the id of a row
record DelimitedRows(char separator, boolean encoded) implements RowReader {

  static final DelimitedRows TSV = new DelimitedRows('\t', true);
  static final DelimitedRows CSV = new DelimitedRows(',', false);

  /// Longer texts are images, shorter ones are row ids; VLMEvalKit uses the same limit.
  private static final int MAX_ID_CHARS = 64;

  private static final String IMAGE_PATH = "image_path";
  private static final Pattern PATH = Pattern.compile("(?i).*\\.(?:png|jpe?g|gif|webp|bmp|tiff?)");

  private static final int MAX_CELL_BYTES = 512 << 20;

  @Override
  public void read(Path file, Columns columns, Row.Sink sink) throws IOException {
    try (Reader text =
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(false)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(de.siegmar.fastcsv.reader.FieldMismatchStrategy.IGNORE)
                .maxBufferSize(MAX_CELL_BYTES)
                .build(
                    CsvRecordHandler.of(
                        b -> b.maxFieldSize(MAX_CELL_BYTES).maxRecordSize(Integer.MAX_VALUE / 2)),
                    text)) {
      Iterator<CsvRecord> each = records.iterator();
      if (!each.hasNext()) {
        throw new DatasetException(file + ": the file is empty");
      }
      List<String> header = header(file, each.next());
      List<String> missing =
          QuestionMapper.needed(columns).stream()
              .filter(n -> !header.contains(n) && !isReplaced(n, columns, header))
              .toList();
      if (!missing.isEmpty()) {
        throw new DatasetException(
            "%s:1: columns %s are missing; found %s".formatted(file, missing, header));
      }
      if (encoded) {
        QuestionMapper.noteAbsent(file, columns, header::contains, sink);
      }
      long number = 0;
      while (each.hasNext()) {
        CsvRecord cells = each.next();
        String place = file + ":" + cells.getStartingLineNumber();
        number++;
        if (cells.getFieldCount() != header.size()) {
          sink.bad(
              place, "expected %d cells, found %d".formatted(header.size(), cells.getFieldCount()));
          continue;
        }
        Optional<Row> row;
        try {
          row = Optional.of(row(place, number, header, cells, columns));
        } catch (BadRowException e) {
          sink.bad(place, String.valueOf(e.getMessage()));
          row = Optional.empty();
        }
        if (row.isPresent()) {
          sink.row(row.get());
        }
      }
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (CsvParseException e) {
      throw unreadable(file, e);
    } catch (CharacterCodingException e) {
      throw unreadable(file, e);
    }
  }

  /// Whether the column of images is missing and `image_path` names them instead.
  private boolean isReplaced(String column, Columns columns, List<String> header) {
    return encoded
        && columns.image().images() != null
        && columns.image().images().contains(column)
        && header.contains(IMAGE_PATH);
  }

  private static DatasetException unreadable(Path file, @Nullable Throwable problem) {
    return problem instanceof CharacterCodingException
            || (problem != null && problem.getCause() instanceof CharacterCodingException)
        ? new DatasetException(file + ": not UTF-8")
        : new DatasetException(file + ": not a table: " + (problem == null ? "" : reason(problem)));
  }

  private static String reason(Throwable problem) {
    Throwable cause = problem.getCause();
    return problem.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private static List<String> header(Path file, CsvRecord record) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : record.getFields()) {
      String plain = name.startsWith("\ufeff") ? name.substring(1) : name;
      if (!seen.add(plain)) {
        throw new DatasetException("%s:1: column '%s' appears twice".formatted(file, plain));
      }
      names.add(plain);
    }
    return names;
  }

  private Row row(String place, long number, List<String> header, CsvRecord cells, Columns columns)
      throws BadRowException {
    List<String> named = columns.image().images() == null ? List.of() : columns.image().images();
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    List<Row.Cell> images = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!named.contains(header.get(i))) {
        fields.put(header.get(i), cells.getField(i));
      }
    }
    for (String column : named) {
      int at = header.indexOf(column);
      if (at >= 0 && !cells.getField(at).isBlank()) {
        fields.put(column, ""); // it is there; its bytes are kept apart
        add(images, cells.getField(at), new Fields(fields), columns);
      }
    }
    if (images.isEmpty() && encoded) {
      for (String path : names(new Fields(fields))) {
        images.add(ImageText.cell(path, columns.image().imagePrefix()));
      }
    }
    return new Row(place, number, fields, images);
  }

  private void add(List<Row.Cell> images, String cell, Fields fields, Columns columns)
      throws BadRowException {
    List<String> parts =
        cell.startsWith("[") ? PythonList.parse(cell).orElse(List.of()) : List.of(cell);
    if (parts.isEmpty()) {
      throw new BadRowException(
          "image: expected a list of images, found " + Fields.shortened(cell));
    }
    List<String> names = encoded ? names(fields) : List.of();
    for (int i = 0; i < parts.size(); i++) {
      String name = names.size() == parts.size() ? names.get(i) : null;
      images.add(cell(parts.get(i), name, columns));
    }
  }

  private Row.Cell cell(String text, @Nullable String name, Columns columns)
      throws BadRowException {
    Row.Cell cell = ImageText.cell(text, columns.image().imagePrefix());
    if (cell instanceof Row.Cell.Bytes image) {
      return new Row.Cell.Bytes(name, image.bytes());
    } else if (!encoded || PATH.matcher(text.strip()).matches()) {
      return cell;
    } else if (text.length() <= MAX_ID_CHARS) {
      return new Row.Cell.SameAs(text.strip());
    }
    return new Row.Cell.Bytes(name, ImageText.bytes(text));
  }

  /// Image names from VLMEvalKit's column for them.
  private static List<String> names(Fields fields) throws BadRowException {
    List<String> names = fields.texts(IMAGE_PATH);
    return names.size() == 1 && names.getFirst().isBlank()
        ? List.of()
        : names.size() == 1 ? PythonList.parse(names.getFirst()).orElse(names) : names;
  }
}
