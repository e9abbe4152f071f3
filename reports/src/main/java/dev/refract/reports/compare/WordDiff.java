package dev.refract.reports.compare;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;

/// What changed from one text to another, word by word.
public final class WordDiff {

  /// Only this many words of longer texts are compared.
  private static final int MAX_WORDS = 2_000;

  private WordDiff() {}

  /// Whether words are in both texts or only in one.
  public enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  /// @param text words separated by single blanks
  public record Segment(Kind kind, String text) {}

  public static List<Segment> of(String before, String after) {
    List<String> a = words(before);
    List<String> b = words(after);
    List<Segment> segments = new ArrayList<>();
    int at = 0;
    for (AbstractDelta<String> delta : DiffUtils.diff(a, b).getDeltas()) {
      int from = delta.getSource().getPosition();
      add(segments, Kind.SAME, a.subList(at, from));
      add(segments, Kind.REMOVED, delta.getSource().getLines());
      add(segments, Kind.ADDED, delta.getTarget().getLines());
      at = from + delta.getSource().size();
    }
    add(segments, Kind.SAME, a.subList(at, a.size()));
    return segments;
  }

  private static void add(List<Segment> segments, Kind kind, List<String> words) {
    if (!words.isEmpty()) {
      segments.add(new Segment(kind, String.join(" ", words)));
    }
  }

  private static List<String> words(String text) {
    List<String> words = text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    return words.size() > MAX_WORDS ? words.subList(0, MAX_WORDS) : words;
  }
}
