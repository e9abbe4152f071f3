package dev.refract.reports.tally;

import java.util.Arrays;

/// Time spans during which requests were in progress, in arrays of numbers, since there may be
/// millions.
public final class Spans {

  private static final double MILLIS_PER_SECOND = 1000;

  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int size;

  /// Adds a span. A reused result, which took no time here, is left out.
  ///
  /// @param startedMillis Unix time in milliseconds; 0 for a reused result
  /// @param seconds length of the span, not negative
  public void add(long startedMillis, double seconds) {
    if (startedMillis <= 0) {
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = startedMillis;
    ends[size++] = startedMillis + Math.round(seconds * MILLIS_PER_SECOND);
  }

  public int size() {
    return size;
  }

  /// Seconds during which at least one span was open: idle time between two sessions of a resumed
  /// run does not count.
  public double seconds() {
    return secondsWith(1);
  }

  /// Seconds during which at least this many spans were open.
  double secondsWith(int open) {
    Sweep sweep = new Sweep(open);
    sweep.run();
    return sweep.total / MILLIS_PER_SECOND;
  }

  /// The maximum number of spans that were open at once.
  int most() {
    Sweep sweep = new Sweep(1);
    sweep.run();
    return sweep.most;
  }

  /// The number of open spans depends only on how many have begun and ended: starts and ends are
  /// sorted separately and in place, which is fast the second time.
  private final class Sweep {

    private final int enough;
    private long total;
    private int most;

    Sweep(int enough) {
      this.enough = enough;
    }

    void run() {
      Arrays.sort(starts, 0, size);
      Arrays.sort(ends, 0, size);
      int begun = 0;
      int ended = 0;
      long before = 0;
      while (ended < size) {
        // At the same instant an end comes before a beginning: one span after another is never two
        // at once. A span of no length must still begin before it ends.
        boolean begins = begun < size && (starts[begun] < ends[ended] || begun == ended);
        long now = begins ? starts[begun] : ends[ended];
        total += begun - ended >= enough ? now - before : 0;
        before = now;
        begun += begins ? 1 : 0;
        ended += begins ? 0 : 1;
        most = Math.max(most, begun - ended);
      }
    }
  }
}
