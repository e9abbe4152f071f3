package dev.refract.harness.cli.terminal;

import dev.refract.harness.os.TerminalControl;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A stream of UTF-8 text to a terminal or a log of CI. What the text could make these do beyond
/// showing it, it shows instead, as `\\u001b` and the like: control and direction characters, and
/// at the beginning of a line or after `#` the commands of GitHub Actions, Azure Pipelines and
/// TeamCity. Text of datasets, models and servers passes through here with everything else.
///
/// The escapes are those of JSON, so that JSON on standard output keeps its meaning.
public final class SafeText extends FilterOutputStream {

  private static final int ESCAPE = 0x1b;

  /// The longest sequence that colours text.
  private static final int MAX_SEQUENCE = 12;

  private final boolean colours;
  private final byte[] character = new byte[4];
  private int have;
  private int need;

  /// The part of a {@link TerminalControl#MARK} that came already.
  private int marked;

  private boolean afterMark;

  /// A sequence that may colour text; empty outside one.
  private final StringBuilder sequence = new StringBuilder();

  private boolean atLineStart = true;
  private boolean afterColon;
  private boolean afterHash;
  private boolean inCommandName;
  private boolean trusted;

  /// @param colours whether sequences that colour text are passed on; for help, which shows no text
  ///   of others
  public SafeText(OutputStream out, boolean colours) {
    super(out);
    this.colours = colours;
  }

  /// Passes the following lines on as they are, because refract composed them for CI.
  ///
  /// @param trusted false for the default
  public synchronized void trust(boolean trusted) {
    this.trusted = trusted;
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  @Override
  public synchronized void write(int value) throws IOException {
    int b = value & 0xff;
    if (have > 0 && (b & 0xc0) == 0x80) {
      character[have++] = (byte) b;
      if (have == need) {
        int length = have;
        have = 0;
        take(new String(character, 0, length, StandardCharsets.UTF_8).codePointAt(0));
      }
      return;
    }
    have = 0; // an incomplete character is dropped
    if (b < 0x80) {
      take(b);
    } else if (b >= 0xc2 && b <= 0xf4) {
      character[have++] = (byte) b;
      need = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    }
  }

  private void take(int c) throws IOException {
    String mark = TerminalControl.MARK;
    if (afterMark) {
      afterMark = false;
      out.write(c == 'e' ? ESCAPE : '\r');
    } else if (c == mark.charAt(marked)) {
      marked++;
      if (marked == mark.length()) {
        marked = 0;
        afterMark = true;
      }
    } else if (marked > 0) {
      String other = mark.substring(0, marked);
      marked = 0;
      for (int i = 0; i < other.length(); i++) {
        show(other.charAt(i));
      }
      take(c);
    } else if (!sequence.isEmpty() || c == ESCAPE && colours) {
      sequence(c);
    } else {
      show(c);
    }
  }

  /// Collects a sequence and passes it on if it only colours text.
  private void sequence(int c) throws IOException {
    sequence.appendCodePoint(c);
    String whole = sequence.toString();
    boolean open =
        whole.length() == 1 || whole.matches("\u001b\\[[0-9;]*") && whole.length() < MAX_SEQUENCE;
    if (open) {
      return;
    }
    sequence.setLength(0);
    if (whole.matches("\u001b\\[[0-9;]*m")) {
      out.write(whole.getBytes(StandardCharsets.UTF_8));
    } else {
      for (int i = 0; i < whole.length(); i = whole.offsetByCodePoints(i, 1)) {
        show(whole.codePointAt(i));
      }
    }
  }

  private void show(int c) throws IOException {
    boolean command =
        !trusted && (c == ':' && afterColon && atLineStart || c == '[' && inCommandName);
    if (command || isActive(c)) {
      escaped(c);
    } else {
      put(c);
    }
    follow(c);
  }

  /// What the next characters mean to a CI system: `::name` after blanks at the beginning of a
  /// line, and `##name[` anywhere.
  private void follow(int c) {
    if (c == '\n') {
      atLineStart = true;
      afterColon = false;
      afterHash = false;
      inCommandName = false;
      return;
    }
    inCommandName = c == '#' && afterHash || inCommandName && Character.isLetterOrDigit(c);
    afterHash = c == '#';
    if (c == ':' && atLineStart && !afterColon) {
      afterColon = true;
    } else if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) || afterColon) {
      atLineStart = false;
      afterColon = false;
    }
  }

  private boolean isActive(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    return c < 0x20
        || c >= 0x7f && c < 0xa0
        || c == 0x061c
        || c == 0x200e
        || c == 0x200f
        || c == 0x2028
        || c == 0x2029
        || c >= 0x202a && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069
        || c >= 0xe0000 && c <= 0xe0fff;
  }

  private void put(int c) throws IOException {
    if (c < 0x80) {
      out.write(c);
    } else {
      out.write(Character.toString(c).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void escaped(int c) throws IOException {
    for (char unit : Character.toChars(c)) {
      out.write(
          String.format(Locale.ROOT, "\\u%04x", (int) unit).getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
  }
}
