package dev.refract.harness.fetch;

import dev.refract.harness.os.TerminalControl;
import java.io.PrintStream;
import java.time.Duration;

/// A progress line of a download: rewritten on a terminal, otherwise printed anew every ten
/// seconds.
public final class ByteProgress implements AutoCloseable {

  private static final long TERMINAL_INTERVAL_MILLIS = 200;
  private static final long LOG_INTERVAL_MILLIS = 10_000;

  private final PrintStream out;
  private final boolean terminal;
  private final String name;
  private long total = -1;
  private long had;
  private long came;
  private long settled;
  private final long started = System.nanoTime();
  private long printedAt = System.nanoTime() / 1_000_000;

  /// @param terminal whether the line can be rewritten
  public ByteProgress(PrintStream out, boolean terminal, String name) {
    this.out = out;
    this.terminal = terminal;
    this.name = name;
  }

  /// Sets the total size unless {@link #expect} has set it.
  synchronized void total(long bytes) {
    if (total < 0) {
      total = bytes;
    }
  }

  /// Sets the total size of all files to be downloaded.
  public synchronized void expect(long bytes) {
    total = bytes;
  }

  synchronized void had(long bytes) {
    had += bytes;
  }

  /// Discards the bytes counted for this file: it is downloaded again from its start.
  synchronized void restart() {
    came = settled;
  }

  /// Marks the current file as complete.
  public synchronized void settle() {
    settled = came;
  }

  synchronized void came(int bytes) {
    came += bytes;
    long now = System.nanoTime() / 1_000_000;
    if (now - printedAt >= (terminal ? TERMINAL_INTERVAL_MILLIS : LOG_INTERVAL_MILLIS)) {
      printedAt = now;
      print();
    }
  }

  /// Prints a note for the waiting user.
  synchronized void note(String text) {
    out.print(terminal ? TerminalControl.CLEAR_LINE : "");
    out.println(name + ": " + text);
    out.flush();
  }

  private void print() {
    double seconds = (System.nanoTime() - started) / 1e9;
    double rate = came / Math.max(seconds, 1e-9);
    String of = total < 0 ? "" : "/%.1f".formatted(total / 1e6);
    String eta = total < 0 || rate < 1 ? "-" : time((long) ((total - had - came) / rate));
    String line =
        "%s: %.1f%s MB, %.1f MB/s, ETA %s".formatted(name, (had + came) / 1e6, of, rate / 1e6, eta);
    out.print(terminal ? TerminalControl.CLEAR_LINE + line : line + System.lineSeparator());
    out.flush();
  }

  private static String time(long seconds) {
    Duration left = Duration.ofSeconds(Math.max(0, seconds));
    return "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart());
  }

  @Override
  public synchronized void close() {
    if (terminal) {
      out.print(TerminalControl.CLEAR_LINE);
    }
    if (came + had > 0) {
      double seconds = (System.nanoTime() - started) / 1e9;
      out.printf(
          "%s: %.1f MB fetched%s, %.1f s%n",
          name, came / 1e6, had > 0 ? ", %.1f MB reused".formatted(had / 1e6) : "", seconds);
    }
  }
}
