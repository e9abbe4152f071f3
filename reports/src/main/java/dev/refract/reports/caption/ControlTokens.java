package dev.refract.reports.caption;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Control tokens of common chat templates. In a caption or a question they must be plain text:
/// otherwise they would end the answerer's turn or start another one.
public final class ControlTokens {

  private static final Pattern TOKEN =
      Pattern.compile(
          "<(?=\\|[^|<>\\n]{1,64}\\|>|/?s>|(?:start|end)_of_turn>|/?think>|bos>|eos>)|\\[(?=/?INST\\])");

  private ControlTokens() {}

  /// The text with the first character of every control token replaced by one that looks similar.
  public static String neutral(String text) {
    return TOKEN.matcher(text).replaceAll(m -> m.group().equals("<") ? "‹" : "⟦");
  }

  /// The number of control tokens in a text.
  public static int count(String text) {
    Matcher token = TOKEN.matcher(text);
    int count = 0;
    while (token.find()) {
      count++;
    }
    return count;
  }
}
