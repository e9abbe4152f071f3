package dev.refract.harness.dataset.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/// The lines of a file by number. The file is memory-mapped; only the line ends are on the heap.
///
/// @param ends offset of each line's line feed
record StoredLines(MemorySegment bytes, long[] ends) {

  /// The complete lines of a file; an incomplete line at its end is ignored.
  static StoredLines of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      long[] ends = new long[16];
      int lines = 0;
      for (long at = 0; at < bytes.byteSize(); at++) {
        if (bytes.get(ValueLayout.JAVA_BYTE, at) == '\n') {
          ends = lines == ends.length ? Arrays.copyOf(ends, 2 * lines) : ends;
          ends[lines++] = at;
        }
      }
      return new StoredLines(bytes, Arrays.copyOf(ends, lines));
    }
  }

  int size() {
    return ends.length;
  }

  /// A line without its line feed.
  ///
  /// @param number line number from 0
  byte[] get(int number) {
    long start = number == 0 ? 0 : ends[number - 1] + 1;
    return bytes.asSlice(start, ends[number] - start).toArray(ValueLayout.JAVA_BYTE);
  }
}
