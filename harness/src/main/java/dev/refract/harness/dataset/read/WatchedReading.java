package dev.refract.harness.dataset.read;

import dev.hardwood.InputFile;
import dev.refract.harness.dataset.DatasetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// Reads a file with a library that damaged bytes can make run for ever: on a thread of its own,
/// which is given up when it neither reads bytes nor delivers rows for a while. Java cannot stop
/// such a thread; it is a daemon, and may deliver nothing any more.
final class WatchedReading {

  /// Decompressing the largest page takes a few seconds.
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("refract.parquetPatienceSeconds", 20));

  private static final long POLL_MILLIS = 50;

  /// How often a file's bytes are read, on average, before reading them once more is no progress: a
  /// damaged file can lead the reader round in a circle.
  private static final int MOST_READINGS = 16;

  private static final long SMALL_FILE_BYTES = 64 << 20;

  /// What a shorter read counts as.
  private static final int LEAST_READ_BYTES = 1 << 10;

  private final Path file;

  /// Counts signs of life: reads and rows.
  private final AtomicLong alive = new AtomicLong();

  /// Bytes whose reading still is a sign of life.
  private final AtomicLong believed = new AtomicLong(SMALL_FILE_BYTES);

  private volatile boolean abandoned;

  /// Whether the receiver of a row is at work, which may take any time.
  private volatile boolean delivering;

  WatchedReading(Path file) {
    this.file = file;
  }

  /// The rows of a file, and the file itself.
  interface Watched extends Row.Sink {
    InputFile input();
  }

  @FunctionalInterface
  interface Work {
    void read(Watched watched) throws IOException;
  }

  /// @throws DatasetException when the work stands still
  void read(Row.Sink sink, Work work) throws IOException {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          work.read(new Watching(sink));
          return null;
        });
    Thread.ofPlatform().daemon().name("parquet " + file.getFileName()).start(task);
    long seen = -1;
    long since = System.nanoTime();
    while (true) {
      try {
        task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        long now = alive.get();
        if (now != seen || delivering) {
          seen = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
          abandoned = true;
          throw new DatasetException(
              "%s: not a readable Parquet file: its reader made no progress for %d s; the file is damaged"
                  .formatted(file, PATIENCE.toSeconds()));
        }
      } catch (InterruptedException _) {
        abandoned = true;
        Thread.currentThread().interrupt();
        throw new DatasetException(file + ": interrupted while it was read");
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case IOException problem -> throw problem;
          case RuntimeException problem -> throw problem;
          case Error problem -> throw problem;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }
  }

  private final class Watching implements Watched {

    private final Row.Sink to;

    Watching(Row.Sink to) {
      this.to = to;
    }

    @Override
    public InputFile input() {
      return new CountedFile(InputFile.of(file));
    }

    @Override
    public void row(Row row) throws IOException {
      delivering = true;
      try {
        check();
        to.row(row);
      } finally {
        alive.incrementAndGet();
        delivering = false;
      }
    }

    @Override
    public void bad(String place, String problem) {
      check();
      to.bad(place, problem);
      alive.incrementAndGet();
    }

    @Override
    public void note(String text) {
      check();
      to.note(text);
      alive.incrementAndGet();
    }
  }

  private void check() {
    if (abandoned) {
      throw new IllegalStateException("given up");
    }
  }

  /// A file whose reads are signs of life.
  private final class CountedFile implements InputFile {

    private final InputFile whole;

    CountedFile(InputFile whole) {
      this.whole = whole;
    }

    @Override
    public void open() throws IOException {
      whole.open();
      believed.set(MOST_READINGS * whole.length() + SMALL_FILE_BYTES);
    }

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
      if (abandoned) {
        throw new UncheckedIOException(new IOException("given up"));
      }
      ByteBuffer bytes = whole.readRange(offset, length);
      if (believed.addAndGet(-Math.max(length, LEAST_READ_BYTES)) > 0) {
        alive.incrementAndGet();
      }
      return bytes;
    }

    @Override
    public long length() throws IOException {
      return whole.length();
    }

    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}
