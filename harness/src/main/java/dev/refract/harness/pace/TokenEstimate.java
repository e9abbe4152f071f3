package dev.refract.harness.pace;

/// A rough number of input tokens, for budgets on servers that count none.
///
/// @param tokens of text and images together
public record TokenEstimate(long tokens) {

  /// Of English text in most vocabularies.
  private static final int CHARS_PER_TOKEN = 4;

  /// Of a page or chart of about a megapixel in most vision models.
  private static final int IMAGE_TOKENS = 1_000;

  public static TokenEstimate of(long textChars, int images) {
    return new TokenEstimate(ofText(textChars) + (long) images * IMAGE_TOKENS);
  }

  public static long ofText(long chars) {
    return (chars + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN;
  }
}
