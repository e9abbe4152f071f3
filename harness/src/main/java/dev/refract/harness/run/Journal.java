package dev.refract.harness.run;

import dev.refract.reports.result.Keyed;
import dev.refract.reports.result.RunJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An append-only file of records, a line each. A record is on the disk before {@link #append}
/// returns.
///
/// A torn last line, which a killed process or a power cut leaves, is cut off on opening; any other
/// damage is an error that names the line. Of several records with one fingerprint the last counts,
/// and a failure counts as not there.
final class Journal<T extends Keyed> implements AutoCloseable {

  private final Path file;
  private final @Nullable FileChannel channel;
  private final Map<String, T> records = new HashMap<>();

  private Journal(Path file, @Nullable FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static <T extends Keyed> Journal<T> open(Path file, Class<T> type) throws IOException {
    if (Files.exists(file)) {
      cutTornTail(file);
    }
    Journal<T> journal =
        new Journal<>(
            file,
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND));
    RunJson.readLines(file, type)
        .forEach(record -> journal.records.put(record.fingerprint(), record));
    return journal;
  }

  /// A journal that only some runs have; where it is not wanted, it holds nothing and makes no
  /// file.
  static <T extends Keyed> Journal<T> openIf(boolean wanted, Path file, Class<T> type)
      throws IOException {
    return wanted ? open(file, type) : new Journal<>(file, null);
  }

  private static void cutTornTail(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long end = bytes.length();
      while (end > 0) {
        bytes.seek(end - 1);
        if (bytes.read() == '\n') {
          break;
        }
        end--;
      }
      bytes.setLength(end);
    }
  }

  /// The record that landed under this fingerprint.
  synchronized Optional<T> landed(String fingerprint) {
    return Optional.ofNullable(records.get(fingerprint)).filter(record -> record.failure() == null);
  }

  /// The last record under this fingerprint, landed or failed.
  synchronized Optional<T> last(String fingerprint) {
    return Optional.ofNullable(records.get(fingerprint));
  }

  synchronized List<T> all() {
    return new ArrayList<>(records.values());
  }

  synchronized void append(T record) {
    FileChannel to = Objects.requireNonNull(channel, "a journal that is not wanted");
    ByteBuffer line =
        ByteBuffer.wrap((RunJson.line(record) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        to.write(line);
      }
      to.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
    records.put(record.fingerprint(), record);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
