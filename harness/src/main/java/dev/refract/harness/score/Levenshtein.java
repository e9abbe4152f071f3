package dev.refract.harness.score;

import java.util.Arrays;

/// Levenshtein's distance over code points, 64 rows of the matrix at a time.
///
/// Source: Myers 1999, "A fast bit-vector algorithm for approximate string matching", in Hyyrö's
/// 2003 form for patterns of more than one word.
final class Levenshtein {

  private static final int WORD = 64;

  private Levenshtein() {}

  /// How many insertions, deletions and replacements of one code point turn one text into the
  /// other.
  static int distance(String a, String b) {
    int[] first = a.codePoints().toArray();
    int[] second = b.codePoints().toArray();
    return first.length <= second.length ? distance(first, second) : distance(second, first);
  }

  /// @param pattern the shorter one
  private static int distance(int[] pattern, int[] text) {
    int m = pattern.length;
    if (m == 0) {
      return text.length;
    }
    int[] alphabet = Arrays.stream(pattern).sorted().distinct().toArray();
    int blocks = (m + WORD - 1) / WORD;
    // Where in the pattern each of its code points stands; the last row is for all others.
    long[] places = new long[(alphabet.length + 1) * blocks];
    for (int i = 0; i < m; i++) {
      int symbol = Arrays.binarySearch(alphabet, pattern[i]);
      places[symbol * blocks + i / WORD] |= 1L << i % WORD;
    }
    long[] up = new long[blocks];
    long[] down = new long[blocks];
    Arrays.fill(up, -1L);
    long lastRow = 1L << (m - 1) % WORD;
    int distance = m;
    for (int c : text) {
      int found = Arrays.binarySearch(alphabet, c);
      int row = (found < 0 ? alphabet.length : found) * blocks;
      // The first row of the matrix grows by one with every column.
      long carryUp = 1;
      long carryDown = 0;
      for (int block = 0; block < blocks; block++) {
        long vp = up[block];
        long vn = down[block];
        long equal = places[row + block];
        long withCarry = equal | carryDown;
        long d0 = ((withCarry & vp) + vp ^ vp) | withCarry | vn;
        long hp = vn | ~(d0 | vp);
        long hn = d0 & vp;
        if (block == blocks - 1) {
          distance += (hp & lastRow) != 0 ? 1 : (hn & lastRow) != 0 ? -1 : 0;
        }
        long nextUp = hp >>> WORD - 1;
        long nextDown = hn >>> WORD - 1;
        hp = hp << 1 | carryUp;
        hn = hn << 1 | carryDown;
        up[block] = hn | ~(d0 | hp);
        down[block] = hp & d0;
        carryUp = nextUp;
        carryDown = nextDown;
      }
    }
    return distance;
  }
}
