package org.xerial.snappy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// Whatever a compressed page holds, it gives at most the bytes there is room for.
class SnappyFuzzTest {

  @FuzzTest
  void block(byte[] compressed) {
    try {
      assertThat(Snappy.uncompress(compressed, 1_000)).hasSizeLessThanOrEqualTo(1_000);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("damaged Snappy data");
    }
  }
}
