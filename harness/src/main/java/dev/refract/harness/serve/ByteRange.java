package dev.refract.harness.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The part of a file that a request asks for (RFC 9110, section 14).
///
/// @param from first byte
/// @param length number of bytes, at least 1
record ByteRange(long from, long length) {

  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /// @param header the value of Range, or null
  /// @param size of the file
  /// @return empty for the whole file: without a header, and for headers that a server may ignore
  /// @throws UnsatisfiableException when the range begins behind the end
  static Optional<ByteRange> of(@Nullable String header, long size) throws UnsatisfiableException {
    Matcher one = ONE.matcher(header == null ? "" : header);
    if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
      return Optional.empty();
    }
    long from;
    long end = size;
    if (one.group(1).isEmpty()) {
      long last = Long.parseLong(one.group(2));
      from = last == 0 ? size : Math.max(0, size - last);
    } else {
      from = Long.parseLong(one.group(1));
      if (!one.group(2).isEmpty()) {
        long last = Long.parseLong(one.group(2));
        if (last < from) {
          return Optional.empty();
        }
        end = Math.min(size, last + 1);
      }
    }
    if (from >= size) {
      throw new UnsatisfiableException();
    }
    return Optional.of(new ByteRange(from, end - from));
  }

  /// Such as `bytes 0-9/100`.
  String contentRange(long size) {
    return "bytes %d-%d/%d".formatted(from, from + length - 1, size);
  }

  /// No byte of the file is in the range.
  static final class UnsatisfiableException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
