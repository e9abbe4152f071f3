package dev.refract.reports.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The checksum of a line: the CRC-32C of its JSON, as the last key of its object. It finds damage
/// (each error of up to 32 adjacent bits, others with a probability of 1 - 2^-32); it proves
/// nothing against somebody who computes it again.
final class LineChecksum {

  private static final byte[] KEY = "\"crc32c\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 8;

  /// The key, its value, a quotation mark and the brace.
  private static final int TAIL_BYTES = KEY.length + DIGITS + 2;

  private LineChecksum() {}

  /// @param json an object, on one line
  /// @return the object with its checksum, and a line feed
  static byte[] sealed(String json) {
    byte[] plain = json.getBytes(StandardCharsets.UTF_8);
    boolean empty = plain.length == 2;
    byte[] line = new byte[plain.length + (empty ? 0 : 1) + TAIL_BYTES];
    int at = plain.length - 1;
    System.arraycopy(plain, 0, line, 0, at);
    if (!empty) {
      line[at++] = ',';
    }
    System.arraycopy(KEY, 0, line, at, KEY.length);
    at += KEY.length;
    byte[] digits = digits(plain);
    System.arraycopy(digits, 0, line, at, DIGITS);
    at += DIGITS;
    line[at++] = '"';
    line[at++] = '}';
    line[at] = '\n';
    return line;
  }

  /// Whether a line, without its line feed, ends with a checksum, right or wrong.
  static boolean isPresent(byte[] line) {
    int from = line.length - TAIL_BYTES;
    if (from < 1 || line[line.length - 1] != '}' || line[line.length - 2] != '"') {
      return false;
    }
    for (int i = 0; i < KEY.length; i++) {
      if (line[from + i] != KEY[i]) {
        return false;
      }
    }
    return true;
  }

  /// The object without its checksum; empty where the checksum is missing or wrong.
  static Optional<byte[]> opened(byte[] line) {
    if (!isPresent(line)) {
      return Optional.empty();
    }
    int from = line.length - TAIL_BYTES;
    int end = line[from - 1] == ',' ? from - 1 : from;
    byte[] plain = new byte[end + 1];
    System.arraycopy(line, 0, plain, 0, end);
    plain[end] = '}';
    byte[] digits = digits(plain);
    for (int i = 0; i < DIGITS; i++) {
      if (line[from + KEY.length + i] != digits[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(plain);
  }

  private static byte[] digits(byte[] json) {
    CRC32C sum = new CRC32C();
    sum.update(json);
    return HexFormat.of().toHexDigits((int) sum.getValue()).getBytes(StandardCharsets.US_ASCII);
  }
}
