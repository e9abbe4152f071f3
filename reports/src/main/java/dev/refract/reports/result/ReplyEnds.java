package dev.refract.reports.result;

import java.util.ArrayList;
import java.util.List;

/// How many replies of a model have not the content that they should have. One reply can count
/// several times.
///
/// @param truncated replies that ended at the token limit
/// @param empty replies without a word
/// @param filtered replies that the provider filtered or the model refused
/// @param unfinished replies that ended inside their thoughts
public record ReplyEnds(int truncated, int empty, int filtered, int unfinished) {

  public static final ReplyEnds NONE = new ReplyEnds(0, 0, 0, 0);

  /// Such as `5 truncated, 2 empty`.
  public String words() {
    List<String> words = new ArrayList<>();
    add(words, truncated, "ended at the token limit");
    add(words, empty, "empty");
    add(words, filtered, "filtered or refused");
    add(words, unfinished, "ended inside their thoughts");
    return String.join(", ", words);
  }

  private static void add(List<String> words, int count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
