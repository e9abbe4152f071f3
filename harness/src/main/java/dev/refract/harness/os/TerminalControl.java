package dev.refract.harness.os;

import java.security.SecureRandom;
import java.util.HexFormat;

/// What refract itself may send to a terminal. Its control characters are written as marks with a
/// random number of this process, so that no text of a dataset, a model or a server can contain
/// one; what prints to the terminal turns marks into the characters and shows all others.
public final class TerminalControl {

  private static final String START = "\ue000";
  private static final char END = '\ue001';

  /// Before one letter: `e` for escape, `r` for carriage return.
  public static final String MARK = START + random() + END;

  /// Makes a progress line replace the one before.
  public static final String CLEAR_LINE = trusted("\r\u001b[K");

  private TerminalControl() {}

  private static String random() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// A text that refract composed, with its control characters in effect.
  public static String trusted(String text) {
    return text.replace("\u001b", MARK + "e").replace("\r", MARK + "r");
  }
}
