package dev.refract.harness.dataset.store;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// The values of one column of the row group being built: per row one byte string, or a list of
/// byte strings.
final class ParquetColumn {

  /// The number of values per row.
  enum Shape {
    ONE,
    MAYBE,
    LIST
  }

  private final List<String> path;
  private final Shape shape;
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private final ByteArrayOutputStream repetitions = new ByteArrayOutputStream();
  private final ByteArrayOutputStream definitions = new ByteArrayOutputStream();
  private int entries;

  ParquetColumn(List<String> path, Shape shape) {
    this.path = path;
    this.shape = shape;
  }

  List<String> path() {
    return path;
  }

  int entries() {
    return entries;
  }

  long size() {
    return values.size();
  }

  void add(List<byte[]> row) {
    if (row.isEmpty()) {
      level(0, 0);
    }
    for (int i = 0; i < row.size(); i++) {
      level(i == 0 ? 0 : 1, 1);
      little(values, row.get(i).length);
      values.writeBytes(row.get(i));
    }
  }

  private void level(int repetition, int definition) {
    repetitions.write(repetition);
    definitions.write(definition);
    entries++;
  }

  /// The column as one page: levels, then plain values.
  byte[] page() {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    if (shape == Shape.LIST) {
      page.writeBytes(runs(repetitions.toByteArray()));
    }
    if (shape != Shape.ONE) {
      page.writeBytes(runs(definitions.toByteArray()));
    }
    page.writeBytes(values.toByteArray());
    return page.toByteArray();
  }

  void clear() {
    values.reset();
    repetitions.reset();
    definitions.reset();
    entries = 0;
  }

  /// One-bit levels in run-length encoding, preceded by their length in bytes.
  private static byte[] runs(byte[] levels) {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    for (int at = 0; at < levels.length; ) {
      int end = at;
      while (end < levels.length && levels[end] == levels[at]) {
        end++;
      }
      int header = (end - at) << 1;
      for (; (header & ~0x7f) != 0; header >>>= 7) {
        runs.write(header & 0x7f | 0x80);
      }
      runs.write(header);
      runs.write(levels[at]);
      at = end;
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    little(whole, runs.size());
    whole.writeBytes(runs.toByteArray());
    return whole.toByteArray();
  }

  static void little(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }
}
