package dev.refract.harness.score;

import java.util.Arrays;

/// Levenshtein distance over code points, computing 64 rows of the matrix at a time.
///
/// Source: Myers 1999, "A fast bit-vector algorithm for approximate string matching", in Hyyrö's
/// 2003 form for patterns of more than one word.
final class Levenshtein {

  private static final int WORD_BITS = 64;
  private static final int ASCII = 128;

  private Levenshtein() {}

  /// Minimum number of insertions, deletions and replacements of one code point that turn one text
  /// into the other.
  static int distance(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    int[] first = points(a);
    int[] second = points(b);
    int shorter = Math.min(first.length, second.length);
    // A common prefix and suffix cost nothing.
    int before = 0;
    while (before < shorter && first[before] == second[before]) {
      before++;
    }
    int after = 0;
    while (after < shorter - before
        && first[first.length - 1 - after] == second[second.length - 1 - after]) {
      after++;
    }
    int[] restOfFirst = Arrays.copyOfRange(first, before, first.length - after);
    int[] restOfSecond = Arrays.copyOfRange(second, before, second.length - after);
    return restOfFirst.length <= restOfSecond.length
        ? distance(restOfFirst, restOfSecond)
        : distance(restOfSecond, restOfFirst);
  }

  private static int[] points(String text) {
    char[] chars = text.toCharArray();
    int[] points = new int[chars.length];
    int surrogates = 0;
    for (int i = 0; i < chars.length; i++) {
      points[i] = chars[i];
      surrogates += (chars[i] & 0xf800) == 0xd800 ? 1 : 0;
    }
    return surrogates == 0 ? points : text.codePoints().toArray();
  }

  /// @param pattern the shorter one
  private static int distance(int[] pattern, int[] text) {
    if (pattern.length == 0) {
      return text.length;
    }
    Places places = Places.of(pattern);
    return pattern.length <= WORD_BITS
        ? inOneWord(places, pattern.length, text)
        : inWords(places, pattern.length, text);
  }

  /// The positions of each code point in the pattern, one bit per position.
  ///
  /// @param bits one row of `blocks` words per code point: first ASCII, then `others`, then one
  ///   empty row for all code points that are not in the pattern
  /// @param others non-ASCII code points of the pattern, sorted
  /// @param blocks number of words per row
  private record Places(long[] bits, int[] others, int blocks) {

    static Places of(int[] pattern) {
      int[] others = others(pattern);
      int blocks = (pattern.length + WORD_BITS - 1) / WORD_BITS;
      Places places = new Places(new long[(ASCII + others.length + 1) * blocks], others, blocks);
      for (int i = 0; i < pattern.length; i++) {
        places.bits[places.row(pattern[i]) + i / WORD_BITS] |= 1L << i % WORD_BITS;
      }
      return places;
    }

    private static int[] others(int[] pattern) {
      for (int c : pattern) {
        if (c >= ASCII) {
          return Arrays.stream(pattern).filter(p -> p >= ASCII).sorted().distinct().toArray();
        }
      }
      return new int[0];
    }

    int row(int c) {
      if (c < ASCII) {
        return c * blocks;
      }
      int found = Arrays.binarySearch(others, c);
      return (ASCII + (found < 0 ? others.length : found)) * blocks;
    }
  }

  private static int inOneWord(Places places, int m, int[] text) {
    long vp = -1;
    long vn = 0;
    int lastRow = m - 1;
    int distance = m;
    for (int c : text) {
      long equal = places.bits[places.row(c)];
      long d0 = ((equal & vp) + vp ^ vp) | equal | vn;
      long hp = vn | ~(d0 | vp);
      long hn = d0 & vp;
      distance += (int) (hp >>> lastRow & 1) - (int) (hn >>> lastRow & 1);
      hp = hp << 1 | 1; // the first row of the matrix grows by one with every column
      vp = hn << 1 | ~(d0 | hp);
      vn = hp & d0;
    }
    return distance;
  }

  private static int inWords(Places places, int m, int[] text) {
    int blocks = places.blocks;
    long[] bits = places.bits;
    long[] up = new long[blocks];
    long[] down = new long[blocks];
    Arrays.fill(up, -1L);
    int lastRow = (m - 1) % WORD_BITS;
    int distance = m;
    for (int c : text) {
      int row = places.row(c);
      long carryUp = 1;
      long carryDown = 0;
      long hp = 0;
      long hn = 0;
      for (int block = 0; block < blocks; block++) {
        long vp = up[block];
        long vn = down[block];
        long equal = bits[row + block] | carryDown;
        long d0 = ((equal & vp) + vp ^ vp) | equal | vn;
        hp = vn | ~(d0 | vp);
        hn = d0 & vp;
        long shiftedUp = hp << 1 | carryUp;
        carryUp = hp >>> WORD_BITS - 1;
        up[block] = hn << 1 | carryDown | ~(d0 | shiftedUp);
        down[block] = shiftedUp & d0;
        carryDown = hn >>> WORD_BITS - 1;
      }
      distance += (int) (hp >>> lastRow & 1) - (int) (hn >>> lastRow & 1);
    }
    return distance;
  }
}
