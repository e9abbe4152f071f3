package dev.refract.harness.journal;

import dev.refract.reports.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Maps each fingerprint to the offset of its last record in a journal, in about 60 bytes per
/// record whatever the record's size. The index keeps half of each SHA-256: the probability of a
/// collision among a billion records is below 1 in 10^20.
public final class JournalIndex {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int INITIAL_CAPACITY = 1 << 10;
  private static final int NONE = -1;

  private long[] high = new long[INITIAL_CAPACITY];
  private long[] low = new long[INITIAL_CAPACITY];
  private long[] offsets = new long[INITIAL_CAPACITY];
  private int[] lengths = new int[INITIAL_CAPACITY]; // 0 for a free slot, negative for a failure
  private int size;

  /// @param length of the line in bytes, without the line feed
  void put(String fingerprint, long offset, int length, boolean failed) {
    if (2 * size >= high.length) {
      grow();
    }
    long h = high(fingerprint);
    long l = low(fingerprint);
    int slot = slot(h, l);
    size += lengths[slot] == 0 ? 1 : 0;
    set(slot, h, l, offset, failed ? -length : length);
  }

  /// The slot of a fingerprint, or a negative number when it has none.
  int find(String fingerprint) {
    int slot = slot(high(fingerprint), low(fingerprint));
    return lengths[slot] == 0 ? NONE : slot;
  }

  boolean isFailed(int slot) {
    return lengths[slot] < 0;
  }

  long offset(int slot) {
    return offsets[slot];
  }

  int length(int slot) {
    return Math.abs(lengths[slot]);
  }

  int size() {
    return size;
  }

  /// The offsets of all last records, in the order of the file.
  long[] sortedOffsets() {
    long[] sorted = new long[size];
    int next = 0;
    for (int slot = 0; slot < lengths.length; slot++) {
      if (lengths[slot] != 0) {
        sorted[next++] = offsets[slot];
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private int slot(long h, long l) {
    int slot = (int) (h & (high.length - 1));
    while (lengths[slot] != 0 && (high[slot] != h || low[slot] != l)) {
      slot = (slot + 1) & (high.length - 1);
    }
    return slot;
  }

  private void set(int slot, long h, long l, long offset, int length) {
    high[slot] = h;
    low[slot] = l;
    offsets[slot] = offset;
    lengths[slot] = length;
  }

  private void grow() {
    long[] h = high;
    long[] l = low;
    long[] o = offsets;
    int[] n = lengths;
    high = new long[2 * h.length];
    low = new long[2 * h.length];
    offsets = new long[2 * h.length];
    lengths = new int[2 * h.length];
    for (int i = 0; i < h.length; i++) {
      if (n[i] != 0) {
        set(slot(h[i], l[i]), h[i], l[i], o[i], n[i]);
      }
    }
  }

  private static long high(String fingerprint) {
    return Long.parseUnsignedLong(hex(fingerprint), 0, 16, 16);
  }

  private static long low(String fingerprint) {
    return Long.parseUnsignedLong(hex(fingerprint), 16, 32, 16);
  }

  /// Fingerprints are digests; any other string in the file is hashed.
  private static String hex(String fingerprint) {
    return HEX.matcher(fingerprint).matches()
        ? fingerprint
        : Sha256.of(fingerprint.getBytes(StandardCharsets.UTF_8));
  }
}
