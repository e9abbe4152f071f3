package dev.refract.reports.render;

/// Prepares texts from outside for pages.
public final class Texts {

  /// Longer texts are cut on pages; the run's files contain them whole.
  private static final int MAX_CHARS = 20_000;

  private Texts() {}

  /// The text, cut to the maximum length on a page.
  public static String cut(String text) {
    return text.length() <= MAX_CHARS
        ? text
        : text.substring(0, end(text))
            + "\n(cut here; %,d characters in all)".formatted(text.length());
  }

  /// No cut splits a surrogate pair.
  private static int end(String text) {
    return Character.isHighSurrogate(text.charAt(MAX_CHARS - 1)) ? MAX_CHARS - 1 : MAX_CHARS;
  }

  /// The text without characters that HTML cannot contain; direction overrides and other invisible
  /// controls become visible.
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t') {
            shown.appendCodePoint(c);
          } else if (c < 0x20) {
            shown.appendCodePoint(0x2400 + c); // the visible symbol of the control character
          } else if (c == 0x7f
              || (c >= 0x80 && c < 0xa0)
              || (c >= 0xd800 && c <= 0xdfff)
              || (c >= 0x202a && c <= 0x202e)
              || (c >= 0x2066 && c <= 0x2069)
              || c == 0xfffe
              || c == 0xffff) {
            shown.append("⟨U+").append(Integer.toHexString(c)).append('⟩');
          } else {
            shown.appendCodePoint(c);
          }
        });
    return shown.toString();
  }
}
