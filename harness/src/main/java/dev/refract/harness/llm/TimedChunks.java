package dev.refract.harness.llm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The bytes of a reply and the arrival time of each chunk, on the clock of `System.nanoTime`.
/// Parsing starts after the last byte, so that it delays no timestamp.
///
/// @param length number of valid bytes in the array
/// @param ends for each chunk, the offset after its last byte
/// @param instants for each chunk, its arrival time
record TimedChunks(byte[] bytes, int length, int[] ends, long[] instants) {

  static final TimedChunks NOTHING = new TimedChunks(new byte[0], 0, new int[0], new long[0]);

  private static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;
  private static final int INITIAL_BYTES = 8 * 1024;
  private static final int MAX_TRUSTED = 64 * 1024;

  /// @param expected number of bytes that the server announces, or negative when unknown
  /// @param heard called for each chunk
  /// @return empty when the reply is too large
  static Optional<TimedChunks> read(InputStream in, long expected, Runnable heard)
      throws IOException {
    // A server may announce more than it sends: a length is believed as far as it costs nothing.
    byte[] bytes =
        new byte[expected >= 0 && expected < MAX_TRUSTED ? (int) expected + 1 : INITIAL_BYTES];
    int[] ends = new int[4];
    long[] instants = new long[4];
    int length = 0;
    int pieces = 0;
    while (true) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      int read = in.read(bytes, length, bytes.length - length);
      if (read < 0) {
        return Optional.of(
            new TimedChunks(
                bytes, length, Arrays.copyOf(ends, pieces), Arrays.copyOf(instants, pieces)));
      }
      long now = System.nanoTime();
      heard.run();
      length += read;
      if (length > MAX_REPLY_BYTES) {
        return Optional.empty();
      }
      if (pieces == ends.length) {
        ends = Arrays.copyOf(ends, 2 * pieces);
        instants = Arrays.copyOf(instants, 2 * pieces);
      }
      ends[pieces] = length;
      instants[pieces] = now;
      pieces++;
    }
  }

  /// The first bytes as text.
  String start(int bytesAtMost) {
    return new String(bytes, 0, Math.min(length, bytesAtMost), StandardCharsets.UTF_8);
  }

  String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /// The arrival time of the byte at an offset.
  long instant(int offset) {
    int at = Arrays.binarySearch(ends, offset + 1);
    return instants[at >= 0 ? at : -at - 1];
  }
}
