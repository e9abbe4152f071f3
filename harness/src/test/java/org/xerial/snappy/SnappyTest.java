package org.xerial.snappy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks by hand and of Google's own encoder; `FormatsTest` reads whole files of DuckDB.
class SnappyTest {

  private static String text(String hex, int most) throws IOException {
    return new String(
        Snappy.uncompress(HexFormat.of().parseHex(hex), most), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "00, ''", // nothing
    "05 10 68656c6c6f, hello", // a literal
    "0a 04 6162 11 02, ababababab", // an overlapping copy of 8 + a tag of one byte
    "07 04 6162 12 0200, abababa", // a copy with a distance of two bytes
    "06 00 61 13 01000000, aaaaaa", // with a distance of four bytes
    "03 f0 02 616263, abc", // a literal whose length is in a byte
  })
  void blocksAreDecompressed(String hex, String text) throws IOException {
    String plain = hex.replace(" ", "");
    assertThat(text(plain, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "ff ff ff ff 7f 00, at most", // a length of 34 GB
    "65 00 61, at most", // longer than the buffer
    "ff ff ff ff ff ff, at most", // a length without an end
    "05 10 6865, not there", // a literal that is cut
    "05 00 61 1d 02, not there", // a copy from before the beginning
    "05 00 61 1d 00, not there", // a copy of itself
    "02 10 68656c6c6f, not there", // more than it claims
    "05 00 61, expected 5", // less than it claims
    "05 fc ffffff7f 61, not there", // a literal of 2 GB
  })
  void damageIsAnErrorAndNothingElse(String hex, String words) {
    assertThatThrownBy(() -> text(hex.replace(" ", ""), 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words);
  }

  @Test
  void noBytesAtAllMakeItDoMoreThanFail() {
    Random random = new Random(3);
    for (int round = 0; round < 200_000; round++) {
      byte[] block = new byte[1 + random.nextInt(40)];
      random.nextBytes(block);
      block[0] = (byte) random.nextInt(100);
      try {
        assertThat(Snappy.uncompress(block, 100)).hasSize(block[0]);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("damaged Snappy data");
      }
    }
  }

  @Test
  void buffersKeepWhatIsOutsideOfTheirRanges() throws IOException {
    ByteBuffer in = ByteBuffer.allocateDirect(20);
    in.put(5, HexFormat.of().parseHex("051068656c6c6f")).position(5).limit(12);
    ByteBuffer out = ByteBuffer.allocateDirect(20).position(3).limit(10);
    assertThat(Snappy.uncompress(in, out)).isEqualTo(5);
    assertThat(out.position()).isEqualTo(3);
    assertThat(out.limit()).isEqualTo(8);
    assertThat(out.get(7)).isEqualTo((byte) 'o');
    assertThat(out.clear().get(8)).isZero();
  }
}
