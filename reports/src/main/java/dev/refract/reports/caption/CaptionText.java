package dev.refract.reports.caption;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A caption's length and manners.
public final class CaptionText {

  /// Into what Qwen2's tokenizer cuts a text before it looks at its vocabulary: a word with the
  /// sign before it, a digit, a run of punctuation or of blanks. Each is one token or more.
  private static final Pattern PIECE =
      Pattern.compile(
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

  /// Speech about the description instead of the image.
  private static final Pattern META =
      Pattern.compile(
          "(?i)\\b(?:this|the|my)\\s+(?:[a-z-]+\\s+){0,2}(?:description|caption|summary)\\s+"
              + "(?:[a-z-]+\\s+){0,2}"
              + "(?:covers?|captures?|includes?|provides?|aims|encompass(?:es)?|conveys?|is)\\b"
              + "|\\b(?:i\\s+(?:have|hope)|let\\s+me\\s+know|as\\s+requested|feel\\s+free)\\b");

  private static final int GRAM_WORDS = 4;
  private static final int MIN_WORDS_FOR_LOOP = 40;
  private static final double MIN_LOOP_SHARE = 0.5;

  private CaptionText() {}

  /// Words between blanks.
  public static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  /// Length without a model: pieces of which each is at least one token of Qwen's.
  public static int pieces(String text) {
    Matcher piece = PIECE.matcher(text);
    int count = 0;
    while (piece.find()) {
      count++;
    }
    return count;
  }

  /// The first `most` pieces; the whole text when it has no more.
  public static String cut(String text, int most) {
    Matcher piece = PIECE.matcher(text);
    int end = 0;
    for (int i = 0; i < most; i++) {
      if (!piece.find()) {
        return text;
      }
      end = piece.end();
    }
    return text.substring(0, end);
  }

  /// Whether it says the same over and over: of {@value #MIN_WORDS_FOR_LOOP} words or more, with
  /// over half of its sequences of {@value #GRAM_WORDS} words standing there before.
  public static boolean loops(String text) {
    List<String> words = List.of(text.strip().split("\\s+"));
    if (words.size() < MIN_WORDS_FOR_LOOP) {
      return false;
    }
    int grams = words.size() - GRAM_WORDS + 1;
    Set<List<String>> distinct = new HashSet<>();
    for (int i = 0; i < grams; i++) {
      distinct.add(words.subList(i, i + GRAM_WORDS));
    }
    return 1 - (double) distinct.size() / grams > MIN_LOOP_SHARE;
  }

  /// Whether it speaks of itself or to the reader: "This description covers all of the image."
  public static boolean isMeta(String text) {
    return META.matcher(text).find();
  }
}
