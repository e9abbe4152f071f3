package dev.refract.reports.result;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way JSON of a run is written and read: snake case, nulls written, unknown and missing
/// fields refused.
public final class RunJson {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private RunJson() {}

  /// One line, without its line feed.
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  public static String pretty(Object value) {
    return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
        + "\n";
  }

  public static <T> T read(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(Files.readAllBytes(file), type);
    } catch (JacksonException e) {
      throw new RunFormatException(
          file, line(e), "not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// Reads every line of a JSON Lines file; refuses the first line that does not parse, by its
  /// number.
  public static <T> List<T> readLines(Path file, Class<T> type) {
    List<T> values = new ArrayList<>();
    int number = 0;
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        T value = MAPPER.readValue(text, type);
        if (value == null) {
          throw new RunFormatException(file, number, "not a " + type.getSimpleName() + ": null");
        }
        values.add(value);
      }
    } catch (JacksonException e) {
      throw new RunFormatException(
          file, number, "not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw new RunFormatException(file, number + 1, "not UTF-8, here or soon after");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return values;
  }

  /// Receives a value, the offset of its line in the file, and the length of the line in bytes.
  @FunctionalInterface
  public interface Visitor<T> {
    void visit(T value, long offset, int length);
  }

  /// Reads every line of a JSON Lines file, one at a time; ignores an incomplete last line.
  public static <T> void readLines(Path file, Class<T> type, Visitor<T> visitor) {
    try (InputStream in = Files.newInputStream(file)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] block = new byte[1 << 16];
      int number = 1;
      long offset = 0;
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        int from = 0;
        for (int at = 0; at < read; at++) {
          if (block[at] == '\n') {
            line.write(block, from, at - from);
            from = at + 1;
            visitor.visit(line(file, number++, line.toByteArray(), type), offset, line.size());
            offset += line.size() + 1;
            line.reset();
          }
        }
        line.write(block, from, read - from);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// One line of a JSON Lines file.
  ///
  /// @param number line number for messages
  public static <T> T line(Path file, int number, byte[] line, Class<T> type) {
    try {
      T value = MAPPER.readValue(line, type);
      if (value == null) {
        throw new RunFormatException(file, number, "not a " + type.getSimpleName() + ": null");
      }
      return value;
    } catch (JacksonException e) {
      throw new RunFormatException(
          file, number, "not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    }
  }

  /// Removes an incomplete last line, which a killed process leaves in a file that it appends to.
  public static void cutTornTail(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long end = bytes.length();
      byte[] block = new byte[8192];
      while (end > 0) {
        int length = (int) Math.min(block.length, end);
        bytes.seek(end - length);
        bytes.readFully(block, 0, length);
        int at = length - 1;
        while (at >= 0 && block[at] != '\n') {
          at--;
        }
        if (at >= 0) {
          end = end - length + at + 1;
          break;
        }
        end -= length;
      }
      bytes.setLength(end);
    }
  }

  /// Replaces a file atomically: a reader gets the old or the new content, never a mixture.
  public static void replace(Path file, String content) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".part");
    Files.write(half, content.getBytes(StandardCharsets.UTF_8));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Writes one line for each value, and replaces the file atomically once all are written.
  public static void replaceLines(Path file, Iterable<?> values) throws IOException {
    try (Lines lines = replacing(file)) {
      values.forEach(lines::write);
      lines.land();
    }
  }

  /// Lines that replace a file atomically, once all are written.
  public static Lines replacing(Path file) throws IOException {
    return new Lines(file);
  }

  /// See {@link #replacing}.
  public static final class Lines implements AutoCloseable {

    private final Path file;
    private final Path half;
    private final OutputStream out;

    private Lines(Path file) throws IOException {
      this.file = file;
      this.half = file.resolveSibling(file.getFileName() + ".part");
      this.out = new BufferedOutputStream(Files.newOutputStream(half), 1 << 16);
    }

    /// The same values, each written when it is taken, so that one pass over generated values is
    /// enough.
    public <T> Iterable<T> passing(Iterable<T> values) {
      return () -> {
        Iterator<T> from = values.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return from.hasNext();
          }

          @Override
          public T next() {
            T value = from.next();
            write(value);
            return value;
          }
        };
      };
    }

    private void write(Object value) {
      try {
        out.write(line(value).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(half + " cannot be written: " + e.getMessage(), e);
      }
    }

    /// Replaces the file with the written lines.
    public void land() throws IOException {
      out.close();
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(half);
    }
  }

  private static RuntimeException unreadable(Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? new RunFormatException(file, "missing; repeat the run's command to create it again")
        : new RunFormatException(file, "cannot be read: " + e.getMessage());
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }
}
