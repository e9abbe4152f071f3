package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a reply's bytes are kept and when each of them came.
class TimedChunksTest {

  private static final int LIMIT = 16 * 1024 * 1024;

  /// Gives at most so many bytes for each read.
  private static final class Dripping extends InputStream {

    private final ByteArrayInputStream bytes;
    private final int most;

    Dripping(byte[] bytes, int most) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, Math.min(most, length));
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static TimedChunks read(byte[] bytes, int piece, long expected) throws IOException {
    return TimedChunks.read(new Dripping(bytes, piece), expected, () -> {}).orElseThrow();
  }

  @Test
  void eachPieceEndsWhereItsLastByteIsAndIsHeard() throws IOException {
    AtomicInteger heard = new AtomicInteger();
    byte[] bytes = random(23);
    TimedChunks chunks =
        TimedChunks.read(new Dripping(bytes, 4), 23, heard::incrementAndGet).orElseThrow();
    assertThat(chunks.length()).isEqualTo(23);
    assertThat(Arrays.copyOf(chunks.bytes(), 23)).isEqualTo(bytes);
    assertThat(chunks.ends()).containsExactly(4, 8, 12, 16, 20, 23);
    assertThat(chunks.instants()).hasSize(6).isSorted();
    assertThat(heard).hasValue(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 19_999, 20_000, 20_001, LIMIT, Long.MAX_VALUE})
  void whateverTheServerAnnouncesAllBytesAreThere(long expected) throws IOException {
    byte[] bytes = random(20_000);
    TimedChunks chunks = read(bytes, 700, expected);
    assertThat(Arrays.copyOf(chunks.bytes(), chunks.length())).isEqualTo(bytes);
    assertThat(chunks.ends()[chunks.ends().length - 1]).isEqualTo(20_000);
  }

  @Test
  void anAnnouncedReplyIsReadAtOnceWithoutGrowing() throws IOException {
    TimedChunks chunks = read(random(9_000), Integer.MAX_VALUE, 9_000);
    assertThat(chunks.ends()).containsExactly(9_000);
    assertThat(chunks.bytes()).hasSize(9_001);
  }

  @Test
  void anUnannouncedOneBeginsWithEightKibibytesAndDoubles() throws IOException {
    TimedChunks chunks = read(random(9_000), Integer.MAX_VALUE, -1);
    assertThat(chunks.ends()).containsExactly(8_192, 9_000);
    assertThat(chunks.bytes()).hasSize(16_384);
  }

  @Test
  void eachInstantIsTakenBetweenThoseAroundIt() throws IOException {
    List<Long> heard = new ArrayList<>();
    long before = System.nanoTime();
    TimedChunks chunks =
        TimedChunks.read(new Dripping(random(5), 1), 5, () -> heard.add(System.nanoTime()))
            .orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertThat(chunks.instants()[i]).isBetween(before, heard.get(i));
      before = heard.get(i);
    }
  }

  @Test
  void nothingIsAReplyToo() throws IOException {
    TimedChunks chunks = read(new byte[0], 1, 0);
    assertThat(chunks.length()).isZero();
    assertThat(chunks.ends()).isEmpty();
    assertThat(chunks.text()).isEmpty();
    assertThat(TimedChunks.NOTHING.text()).isEmpty();
  }

  @Test
  void sixteenMebibytesAreTakenAndOneByteMoreIsTooMuch() throws IOException {
    byte[] most = new byte[LIMIT];
    most[LIMIT - 1] = 'x';
    TimedChunks chunks = read(most, Integer.MAX_VALUE, -1);
    assertThat(chunks.length()).isEqualTo(LIMIT);
    assertThat(chunks.bytes()[LIMIT - 1]).isEqualTo((byte) 'x');
    assertThat(
            TimedChunks.read(new ByteArrayInputStream(new byte[LIMIT + 1]), LIMIT + 1L, () -> {}))
        .isEmpty();
  }

  @Test
  void theTextIsOfTheBytesThatCount() {
    byte[] bytes = "Größe 数 and rubbish".getBytes(StandardCharsets.UTF_8);
    int length = "Größe 数".getBytes(StandardCharsets.UTF_8).length;
    assertThat(new TimedChunks(bytes, length, new int[] {length}, new long[] {1}).text())
        .isEqualTo("Größe 数");
  }

  @Test
  void aByteCameWithThePieceThatHoldsIt() {
    TimedChunks chunks =
        new TimedChunks(new byte[9], 9, new int[] {2, 3, 9}, new long[] {100, 200, 300});
    long[] instants = new long[9];
    for (int i = 0; i < 9; i++) {
      instants[i] = chunks.instant(i);
    }
    assertThat(instants).containsExactly(100, 100, 200, 300, 300, 300, 300, 300, 300);
  }
}
