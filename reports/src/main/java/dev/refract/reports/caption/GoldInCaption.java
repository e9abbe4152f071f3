package dev.refract.reports.caption;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a caption has the words of a gold. It is a sign and no proof: a gold may stand there for
/// something else, and a caption may say the same in other words, as a sum or a rounded number.
public enum GoldInCaption {
  /// All words of a gold stand there, one after the other; numbers by their value.
  PRESENT("yes"),
  /// No gold stands there.
  ABSENT("no"),
  /// Yes, no and letters stand in no caption, and words of options in any.
  NOT_TELLING("–"),
  /// There is no caption.
  NO_CAPTION("no caption");

  private static final Pattern TOKEN =
      Pattern.compile("\\d+(?:[.,]\\d+)*|\\p{IsHan}|[\\p{L}\\p{M}&&[^\\p{IsHan}]]+");
  private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
  private static final Set<String> ANSWERS_OF_A_KIND = Set.of("yes", "no", "true", "false");

  private final String word;

  GoldInCaption(String word) {
    this.word = word;
  }

  /// For a cell of a table.
  public String word() {
    return word;
  }

  /// @param choices of the question; golds are then letters
  /// @param captions from which it was answered
  public static GoldInCaption of(List<String> choices, List<String> golds, List<String> captions) {
    List<List<String>> texts =
        captions.stream().map(GoldInCaption::tokens).filter(text -> !text.isEmpty()).toList();
    if (texts.isEmpty()) {
      return NO_CAPTION;
    }
    List<List<String>> wanted =
        golds.stream().map(GoldInCaption::tokens).filter(GoldInCaption::tells).toList();
    if (!choices.isEmpty() || wanted.isEmpty()) {
      return NOT_TELLING;
    }
    return wanted.stream()
            .anyMatch(gold ->
                texts.stream().anyMatch(text -> Collections.indexOfSubList(text, gold) >= 0))
        ? PRESENT
        : ABSENT;
  }

  private static boolean tells(List<String> gold) {
    return !gold.isEmpty() && !(gold.size() == 1 && ANSWERS_OF_A_KIND.contains(gold.getFirst()));
  }

  /// Words in lower case, and numbers in one form.
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      tokens.add(normal(token.group()));
    }
    return tokens;
  }

  private static String normal(String token) {
    if (!Character.isDigit(token.charAt(0))) {
      return token.toLowerCase(Locale.ROOT);
    }
    String plain = GROUPED.matcher(token).matches() ? token.replace(",", "") : token;
    return plain.matches("[0-9]{1,30}(?:\\.[0-9]{1,30})?")
        ? new BigDecimal(plain).stripTrailingZeros().toPlainString()
        : plain;
  }
}
