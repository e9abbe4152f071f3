package dev.refract.harness.text;

/// Text that UTF-8 can encode. JSON can contain half a surrogate pair, which a UTF-8 file cannot
/// store: the text in memory and on disk would differ.
public final class WellFormed {

  private WellFormed() {}

  /// The same text with U+FFFD in place of lone surrogates.
  public static String of(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        whole = whole == null ? new StringBuilder(text) : whole;
        whole.setCharAt(i, '\ufffd');
      }
    }
    return whole == null ? text : whole.toString();
  }
}
