package dev.refract.reports.file;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/// Files with one JSON object per line. Each line ends with a checksum of itself, {@link
/// LineChecksum}, so that a line which was changed is found and named.
public final class JsonLines {

  /// Longer lines are not read: a line holds a prompt and a reply, at most some megabytes.
  private static final int MAX_LINE_BYTES = 256 << 20;

  private JsonLines() {}

  /// One line with its checksum and its line feed.
  public static byte[] of(Object value) {
    return LineChecksum.sealed(RunJson.text(value));
  }

  /// Reads every line; refuses the first one that was changed or does not parse, by its number. An
  /// incomplete last line is refused too.
  public static <T> List<T> read(Path file, Class<T> type) {
    List<T> values = new ArrayList<>();
    long end = scan(file, (line, number, _) -> values.add(parse(file, number, line, type)));
    refuseTornTail(file, end, values.size());
    return values;
  }

  /// Receives a value, the offset of its line in the file, and the length of the line in bytes.
  @FunctionalInterface
  public interface Visitor<T> {
    void visit(T value, long offset, int length);
  }

  /// Reads every line, one at a time; ignores an incomplete last line, which another process may be
  /// writing.
  public static <T> void forEach(Path file, Class<T> type, Visitor<T> visitor) {
    scan(
        file,
        (line, number, offset) ->
            visitor.visit(parse(file, number, line, type), offset, line.length));
  }

  /// Reads every line of a file that an older version may have written, without checksums; one that
  /// is there must be right.
  public static <T> void forEachOlder(Path file, Class<T> type, Consumer<T> action) {
    scan(
        file,
        (line, number, _) ->
            action.accept(
                value(
                    file,
                    number,
                    LineChecksum.isPresent(line) ? opened(file, number, line) : line,
                    type)));
  }

  /// A complete line without its line feed.
  @FunctionalInterface
  private interface LineAction {
    void take(byte[] line, int number, long offset);
  }

  /// @return the end of the last complete line
  private static long scan(Path file, LineAction action) {
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
            action.take(line.toByteArray(), number++, offset);
            offset += line.size() + 1;
            line.reset();
          }
        }
        line.write(block, from, read - from);
        if (line.size() > MAX_LINE_BYTES) {
          throw new RunFormatException(
              file, number, "longer than " + MAX_LINE_BYTES + " bytes; it is damaged");
        }
      }
      return offset;
    } catch (IOException e) {
      throw RunJson.unreadable(file, e);
    }
  }

  private static void refuseTornTail(Path file, long end, int lines) {
    try {
      if (Files.size(file) > end) {
        throw new RunFormatException(file, lines + 1, "has no line feed at its end: it was cut");
      }
    } catch (IOException e) {
      throw RunJson.unreadable(file, e);
    }
  }

  /// One line with its checksum, without its line feed.
  ///
  /// @param number line number for messages
  public static <T> T parse(Path file, int number, byte[] line, Class<T> type) {
    return value(file, number, opened(file, number, line), type);
  }

  private static byte[] opened(Path file, int number, byte[] line) {
    return LineChecksum.opened(line)
        .orElseThrow(() ->
            new RunFormatException(
                file,
                number,
                LineChecksum.isPresent(line)
                    ? "its checksum does not match: it was changed after refract wrote it"
                    : "has no checksum at its end: refract did not write it like this"));
  }

  private static <T> T value(Path file, int number, byte[] json, Class<T> type) {
    try {
      T value = RunJson.MAPPER.readValue(json, type);
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

  /// Writes one line for each value, and replaces the file atomically once all are written.
  public static void replace(Path file, Iterable<?> values) throws IOException {
    try (Replacement lines = replacing(file)) {
      values.forEach(lines::write);
      lines.complete();
    }
  }

  /// Lines that replace a file atomically, once all are written.
  public static Replacement replacing(Path file) throws IOException {
    return new Replacement(file);
  }

  /// See {@link #replacing}.
  public static final class Replacement implements AutoCloseable {

    private final Path file;
    private final Path half;
    private final OutputStream out;

    private Replacement(Path file) throws IOException {
      this.file = file;
      this.half = RunJson.half(file);
      this.out = new BufferedOutputStream(RunJson.fresh(half), 1 << 16);
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
        out.write(of(value));
      } catch (IOException e) {
        throw new UncheckedIOException(half + " cannot be written: " + e.getMessage(), e);
      }
    }

    /// Replaces the file with the written lines.
    public void complete() throws IOException {
      out.close();
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(half);
    }
  }
}
