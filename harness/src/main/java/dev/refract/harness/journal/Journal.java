package dev.refract.harness.journal;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.result.JournalRecord;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An append-only file of records, one per line. A record is on disk before {@link #append}
/// returns; concurrent appends share one `fsync`. Memory holds only the offset of each record.
///
/// Opening removes a torn last line, as left by a killed process or a power cut; any other damage
/// is an error that names the line. Of several records with the same fingerprint the last one
/// counts, and a failure counts as missing.
///
/// Uses files of `java.io` instead of channels: interrupting one thread closes a channel for all
/// threads.
public final class Journal<T extends JournalRecord> implements AutoCloseable {

  private final Path file;
  private final Class<T> type;
  private final JournalIndex index = new JournalIndex();
  private final @Nullable RandomAccessFile reader;
  private final @Nullable FileOutputStream writer;
  private final @Nullable Object key;

  /// Guards all writes; the journal's own monitor guards `reader` and the index.
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
    JsonLines.cutTornTail(file);
    Journal<T> journal = new Journal<>(file, type, true, true);
    journal.scan();
    return journal;
  }

  /// A journal that only some runs need. If it is not wanted, it is empty and creates no file.
  public static <T extends JournalRecord> Journal<T> openIf(
      boolean wanted, Path file, Class<T> type) throws IOException {
    return wanted ? open(file, type) : new Journal<>(file, type, false, false);
  }

  /// Opens another run's journal for lookups only. Another process may be writing to it: records
  /// appended later, and a half-written last line, are not visible.
  public static <T extends JournalRecord> Journal<T> look(Path file, Class<T> type)
      throws IOException {
    Journal<T> journal = new Journal<>(file, type, true, false);
    journal.scan();
    return journal;
  }

  private void scan() {
    JsonLines.forEach(
        file,
        type,
        (record, offset, length) -> {
          index.put(record.fingerprint(), offset, length, record.failure() != null);
          end = offset + length + 1;
        });
    durable = end;
  }

  /// Whether there is a successful record with this fingerprint.
  public synchronized boolean has(String fingerprint) {
    int slot = index.find(fingerprint);
    return slot >= 0 && !index.isFailed(slot);
  }

  /// The successful record with this fingerprint.
  public synchronized Optional<T> success(String fingerprint) {
    return has(fingerprint) ? last(fingerprint) : Optional.empty();
  }

  /// The last record with this fingerprint, successful or failed.
  public synchronized Optional<T> last(String fingerprint) {
    int slot = index.find(fingerprint);
    return slot < 0 ? Optional.empty() : Optional.of(read(index.offset(slot), index.length(slot)));
  }

  /// The number of fingerprints that have a record.
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
    return JsonLines.parse(file, 0, line, type);
  }

  /// Passes the last record of each fingerprint to the action, in the order of the file.
  public void forEach(Consumer<T> action) {
    long[] offsets;
    synchronized (this) {
      offsets = index.sortedOffsets();
    }
    if (offsets.length == 0) {
      return;
    }
    JsonLines.forEach(
        file,
        type,
        (record, offset, _) -> {
          if (Arrays.binarySearch(offsets, offset) >= 0) {
            action.accept(record);
          }
        });
  }

  /// @throws JournalException when the file cannot be written; earlier records are not lost
  public void append(T record) {
    byte[] text = JsonLines.of(record);
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
    FileOutputStream to = Objects.requireNonNull(writer, "this journal is read-only or not wanted");
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

  /// Waits until the file is on disk up to an offset; one of the waiting threads syncs for all.
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
        problem = new IOException("it was deleted or replaced during the run");
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

  /// The operating system's identity of the file; a new file with the same name has another one.
  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
  }

  /// Refuses all further appends: a possibly torn line must remain the last one.
  private JournalException broken(IOException e) {
    String why = e instanceof java.nio.file.NoSuchFileException ? "it was deleted" : e.getMessage();
    broken =
        "%s cannot be written: %s; earlier records are kept. Fix it and run the same command again"
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
