package dev.refract.harness.journal;

import dev.refract.reports.result.JournalRecord;
import dev.refract.reports.result.RunJson;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An append-only file of records, a line each. A record is on the disk before {@link #append}
/// returns; those who append at the same time share one `fsync`. In memory there is only where each
/// record stands.
///
/// A torn last line, which a killed process or a power cut leaves, is cut off on opening; any other
/// damage is an error that names the line. Of several records with one fingerprint the last counts,
/// and a failure counts as not there.
///
/// Files of `java.io` and not channels: a channel is closed for everybody when one thread that uses
/// it is interrupted.
public final class Journal<T extends JournalRecord> implements AutoCloseable {

  private final Path file;
  private final Class<T> type;
  private final JournalIndex index = new JournalIndex();
  private final @Nullable RandomAccessFile reader;
  private final @Nullable FileOutputStream writer;
  private final @Nullable Object key;

  /// Guards all that is written; `reader` and the index have the journal's own monitor.
  private final ReentrantLock writing = new ReentrantLock();

  private final Condition synced = writing.newCondition();
  private long end;
  private long durable;
  private boolean syncing;
  private @Nullable String broken;

  private Journal(Path file, Class<T> type, boolean there, boolean writable) throws IOException {
    this.file = file;
    this.type = type;
    this.writer = writable ? new FileOutputStream(file.toFile(), true) : null;
    this.reader = there || writable ? new RandomAccessFile(file.toFile(), "r") : null;
    this.key = writable ? key() : null;
  }

  public static <T extends JournalRecord> Journal<T> open(Path file, Class<T> type)
      throws IOException {
    RunJson.cutTornTail(file);
    Journal<T> journal = new Journal<>(file, type, true, true);
    journal.scan();
    return journal;
  }

  /// A journal that only some runs have; where it is not wanted, it holds nothing and makes no
  /// file.
  public static <T extends JournalRecord> Journal<T> openIf(
      boolean wanted, Path file, Class<T> type) throws IOException {
    return wanted ? open(file, type) : new Journal<>(file, type, false, false);
  }

  /// Another run's journal, to look things up. It may be written by another process meanwhile: what
  /// comes later, and a line that is half written, is not seen.
  public static <T extends JournalRecord> Journal<T> look(Path file, Class<T> type)
      throws IOException {
    Journal<T> journal = new Journal<>(file, type, true, false);
    journal.scan();
    return journal;
  }

  private void scan() {
    RunJson.readLines(
        file,
        type,
        (record, offset, length) -> {
          index.put(record.fingerprint(), offset, length, record.failure() != null);
          end = offset + length + 1;
        });
    durable = end;
  }

  /// Whether a record that is no failure landed under this fingerprint.
  public synchronized boolean has(String fingerprint) {
    int slot = index.find(fingerprint);
    return slot >= 0 && !index.isFailed(slot);
  }

  /// The record that landed under this fingerprint.
  public synchronized Optional<T> landed(String fingerprint) {
    return has(fingerprint) ? last(fingerprint) : Optional.empty();
  }

  /// The last record under this fingerprint, landed or failed.
  public synchronized Optional<T> last(String fingerprint) {
    int slot = index.find(fingerprint);
    return slot < 0 ? Optional.empty() : Optional.of(read(index.offset(slot), index.length(slot)));
  }

  /// How many fingerprints have a record.
  public synchronized int size() {
    return index.size();
  }

  private T read(long offset, int length) {
    byte[] line = new byte[length];
    try {
      RandomAccessFile from = Objects.requireNonNull(reader);
      from.seek(offset);
      from.readFully(line);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
    }
    return RunJson.line(file, 0, line, type);
  }

  /// The last record of each fingerprint, in the order in which they were written.
  public void forEach(Consumer<T> action) {
    long[] offsets;
    synchronized (this) {
      offsets = index.sortedOffsets();
    }
    if (offsets.length == 0) {
      return;
    }
    RunJson.readLines(
        file,
        type,
        (record, offset, _) -> {
          if (Arrays.binarySearch(offsets, offset) >= 0) {
            action.accept(record);
          }
        });
  }

  /// @throws JournalException when it cannot be written; nothing that landed before is lost
  public void append(T record) {
    byte[] text = (RunJson.line(record) + "\n").getBytes(StandardCharsets.UTF_8);
    long offset;
    writing.lock();
    try {
      offset = write(text);
      awaitDurable(end);
    } finally {
      writing.unlock();
    }
    synchronized (this) {
      index.put(record.fingerprint(), offset, text.length - 1, record.failure() != null);
    }
  }

  private long write(byte[] text) {
    FileOutputStream to = Objects.requireNonNull(writer, "a journal that is not wanted");
    if (broken != null) {
      throw new JournalException(broken);
    }
    try {
      to.write(text);
    } catch (IOException e) {
      throw broken(e);
    }
    long offset = end;
    end += text.length;
    return offset;
  }

  /// Waits until all up to here is on the disk; one of those who wait makes it so for all.
  private void awaitDurable(long upTo) {
    while (durable < upTo) {
      if (broken != null) {
        throw new JournalException(broken);
      } else if (syncing) {
        synced.awaitUninterruptibly();
      } else {
        sync();
      }
    }
  }

  private void sync() {
    long upTo = end;
    syncing = true;
    writing.unlock();
    IOException problem = null;
    try {
      Objects.requireNonNull(writer).getFD().sync();
      if (!Objects.equals(key, key())) {
        problem = new IOException("it was deleted or replaced while it was written");
      }
    } catch (IOException e) {
      problem = e;
    }
    writing.lock();
    syncing = false;
    synced.signalAll();
    if (problem != null) {
      throw broken(problem);
    }
    durable = upTo;
  }

  /// What the file is to the system; another file under its name has another one.
  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
  }

  /// From here on nothing is appended: what may be half a line must stay the last one.
  private JournalException broken(IOException e) {
    String why = e instanceof java.nio.file.NoSuchFileException ? "it is gone" : e.getMessage();
    broken =
        "%s cannot be written: %s; what landed before is kept. Mend that and give the same command again"
            .formatted(file, why);
    return new JournalException(broken);
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
    if (reader != null) {
      reader.close();
    }
  }
}
