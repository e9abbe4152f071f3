package dev.refract.harness.dispatch;

import dev.refract.harness.os.Notices;
import dev.refract.harness.text.Clock;
import java.time.Duration;

/// A progress line of a run: rewritten on a terminal, otherwise printed anew every ten seconds.
public final class Progress implements AutoCloseable {

  private static final long TERMINAL_INTERVAL_MILLIS = 200;
  private static final long LOG_INTERVAL_MILLIS = 10_000;

  private final Notices notices;
  private final String name;
  private final int total;
  private final long started = System.nanoTime();
  private int done;
  private int fresh;
  private int failed;
  private long printed = System.nanoTime() / 1_000_000;

  /// @param total answers planned
  Progress(Notices notices, String name, int total) {
    this.notices = notices;
    this.name = name;
    this.total = total;
    notices.onStatus(this::waiting);
  }

  /// The run waits for a server, so that no answer moves the line.
  private synchronized void waiting() {
    long now = System.nanoTime() / 1_000_000;
    if (notices.isTerminal() || now - printed >= LOG_INTERVAL_MILLIS) {
      printed = now;
      print();
    }
  }

  /// @param asked whether the answer was requested now, rather than found in the journal
  public synchronized void answered(boolean asked, boolean failure) {
    done++;
    fresh += asked ? 1 : 0;
    failed += failure ? 1 : 0;
    long now = System.nanoTime() / 1_000_000;
    if (now - printed >= (notices.isTerminal() ? TERMINAL_INTERVAL_MILLIS : LOG_INTERVAL_MILLIS)) {
      printed = now;
      print();
    }
  }

  /// Counts answers of earlier sessions.
  public synchronized void found(int answers) {
    done += answers;
  }

  private void print() {
    double seconds = (System.nanoTime() - started) / 1e9;
    double rate = fresh / Math.max(seconds, 1e-9);
    String eta = fresh == 0 ? "-" : Clock.of(Duration.ofSeconds((long) ((total - done) / rate)));
    String line =
        "%s: %d/%d answers, %.1f/s, %d failed, ETA %s"
            .formatted(name, done, total, rate, failed, eta);
    String status = notices.status();
    notices.progress(status.isEmpty() ? line : line + "; " + status);
  }

  @Override
  public synchronized void close() {
    notices.onStatus(null);
    notices.say(
        "%s: %d answers, %d asked now, %d failed, %s"
            .formatted(
                name,
                done,
                fresh,
                failed,
                Clock.of(Duration.ofSeconds((System.nanoTime() - started) / 1_000_000_000))));
  }
}
