package dev.refract.reports.render;

/// Texts from outside, as far as a page can show them.
public final class Texts {

  /// Longer ones are cut on pages; the run's files have them whole.
  private static final int MAX_CHARS = 20_000;

  private Texts() {}

  /// No longer than a page can bear.
  public static String cut(String text) {
    return text.length() <= MAX_CHARS
        ? text
        : text.substring(0, MAX_CHARS)
            + "\n(cut here; %,d characters in all)".formatted(text.length());
  }

  /// Without what HTML cannot hold; direction overrides and other unseen controls made visible.
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\t') {
            shown.appendCodePoint(c);
          } else if (c < 0x20) {
            shown.appendCodePoint(0x2400 + c); // its picture
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
