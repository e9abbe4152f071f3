package dev.refract.harness.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Records on disk which bytes of a file have arrived: a header with the total size and the
/// version, then 16 bytes per block, its offset and length. A torn last record is ignored, so a
/// killed process loses at most the blocks that it had not recorded yet.
final class ByteRanges implements AutoCloseable {

  private final long total;
  private final FileChannel log;
  private final TreeMap<Long, Long> have = new TreeMap<>();

  private ByteRanges(long total, FileChannel log) {
    this.total = total;
    this.log = log;
  }

  /// A range of bytes.
  ///
  /// @param to exclusive
  record Range(long from, long to) {}

  /// Opens the file and keeps its ranges, unless they belong to another size or version.
  static ByteRanges open(Path file, long total, String version) throws IOException {
    long name =
        ByteBuffer.wrap(Checksum.Kind.SHA256.digest(0).digest(version.getBytes(UTF_8))).getLong();
    List<Range> known = known(file, total, name);
    FileChannel log =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    ByteRanges ranges = new ByteRanges(total, log);
    ranges.write(total, name);
    for (Range range : known) {
      ranges.add(range);
    }
    return ranges;
  }

  private static List<Range> known(Path file, long total, long name) throws IOException {
    List<Range> known = new ArrayList<>();
    if (Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.remaining() >= 16 && bytes.getLong() == total && bytes.getLong() == name) {
        TreeMap<Long, Long> merged = new TreeMap<>();
        while (bytes.remaining() >= 16) {
          long from = bytes.getLong();
          long length = bytes.getLong();
          if (from >= 0 && length > 0 && from + length <= total) {
            merge(merged, new Range(from, from + length));
          }
        }
        merged.forEach((from, to) -> known.add(new Range(from, to)));
      }
    }
    return known;
  }

  synchronized void add(Range range) throws IOException {
    merge(have, range);
    write(range.from, range.to - range.from);
  }

  private void write(long... values) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(8 * values.length);
    for (long value : values) {
      record.putLong(value);
    }
    record.flip();
    while (record.hasRemaining()) {
      log.write(record);
    }
  }

  private static void merge(TreeMap<Long, Long> ranges, Range range) {
    long from = range.from;
    long to = range.to;
    Map.Entry<Long, Long> before = ranges.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    for (Map.Entry<Long, Long> after = ranges.ceilingEntry(from);
        after != null && after.getKey() <= to;
        after = ranges.ceilingEntry(from)) {
      to = Math.max(to, after.getValue());
      ranges.remove(after.getKey());
    }
    ranges.put(from, to);
  }

  /// The number of bytes present from the start of the file without a gap.
  synchronized long front() {
    Map.Entry<Long, Long> first = have.firstEntry();
    return first != null && first.getKey() == 0 ? first.getValue() : 0;
  }

  synchronized long bytes() {
    return have.entrySet().stream().mapToLong(e -> e.getValue() - e.getKey()).sum();
  }

  /// The missing ranges in order, each of at most `most` bytes.
  synchronized List<Range> missing(long most) {
    List<Range> holes = new ArrayList<>();
    long at = 0;
    for (Map.Entry<Long, Long> range : have.entrySet()) {
      pieces(holes, at, range.getKey(), most);
      at = range.getValue();
    }
    pieces(holes, at, total, most);
    return holes;
  }

  private static void pieces(List<Range> holes, long from, long to, long most) {
    for (long at = from; at < to; at += most) {
      holes.add(new Range(at, Math.min(to, at + most)));
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
