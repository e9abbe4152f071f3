package dev.refract.reports.result;

import java.util.Arrays;

/// Stretches of time in which something was being made, as numbers, since there may be millions.
public final class Spans {

  private static final double MILLIS = 1000;

  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private int size;

  /// What was taken over from another run, which took no time here, is left out.
  ///
  /// @param startedMillis Unix time in milliseconds; 0 for what was taken over
  /// @param seconds that it took, not negative
  public void add(long startedMillis, double seconds) {
    if (startedMillis <= 0) {
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = startedMillis;
    ends[size++] = startedMillis + Math.round(seconds * MILLIS);
  }

  public int size() {
    return size;
  }

  /// Seconds in which at least one span was open: idle time between two sittings of a resumed run
  /// does not count.
  public double seconds() {
    long[] from = Arrays.copyOf(starts, size);
    long[] to = Arrays.copyOf(ends, size);
    // How many are open only depends on how many have begun and ended, not on which.
    Arrays.sort(from);
    Arrays.sort(to);
    long total = 0;
    int begun = 0;
    for (int ended = 0; ended < size; ) {
      long opened = from[begun];
      do {
        while (begun < size && from[begun] <= to[ended]) {
          begun++;
        }
        ended++;
      } while (ended < begun);
      total += to[ended - 1] - opened;
    }
    return total / MILLIS;
  }
}
