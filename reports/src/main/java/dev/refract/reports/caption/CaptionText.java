package dev.refract.reports.caption;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Length of a caption's text, and defects in it.
public final class CaptionText {

  /// The pieces into which Qwen2's tokenizer splits a text before it looks up its vocabulary: a
  /// word with the sign before it, a digit, a run of punctuation or of blanks. Each is at least one
  /// token.
  private static final Pattern PIECE =
      Pattern.compile(
          "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

  /// Text about the description instead of the image.
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

  /// Number of pieces, which needs no model; each is at least one token of Qwen's tokenizer.
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

  /// Whether the text repeats itself over and over: it has {@value #MIN_WORDS_FOR_LOOP} words or
  /// more, and over half of its sequences of {@value #GRAM_WORDS} words have occurred earlier in
  /// it.
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

  /// Whether the text talks about itself or addresses the reader: "This description covers all of
  /// the image."
  public static boolean isMeta(String text) {
    return META.matcher(text).find();
  }
}
