package dev.refract.harness.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Where the last record of each fingerprint stands, however many there are.
class JournalIndexTest {

  private final JournalIndex index = new JournalIndex();

  private static String digest(int i) {
    return Sha256.of(String.valueOf(i).getBytes(StandardCharsets.UTF_8));
  }

  private void assertAt(String fingerprint, long offset, int length, boolean failed) {
    int slot = index.find(fingerprint);
    assertThat(slot).isNotNegative();
    assertThat(index.offset(slot)).isEqualTo(offset);
    assertThat(index.length(slot)).isEqualTo(length);
    assertThat(index.isFailed(slot)).isEqualTo(failed);
  }

  @Test
  void anEmptyIndexHoldsNothing() {
    assertThat(index.size()).isZero();
    assertThat(index.find(digest(1))).isNegative();
    assertThat(index.sortedOffsets()).isEmpty();
  }

  @Test
  void aRecordIsFoundWithAllThatIsKnownOfIt() {
    index.put(digest(1), 0, 70, false);
    index.put(digest(2), 71, 90, true);
    assertAt(digest(1), 0, 70, false);
    assertAt(digest(2), 71, 90, true);
    assertThat(index.find(digest(3))).isNegative();
    assertThat(index.size()).isEqualTo(2);
  }

  @Test
  void theLastRecordOfAFingerprintCounts() {
    index.put(digest(1), 0, 70, true);
    index.put(digest(1), 71, 90, false);
    assertAt(digest(1), 71, 90, false);
    index.put(digest(1), 162, 50, true);
    assertAt(digest(1), 162, 50, true);
    assertThat(index.size()).isOne();
    assertThat(index.sortedOffsets()).containsExactly(162);
  }

  @Test
  void offsetsBeyondFourGibibytesAreKept() {
    index.put(digest(1), 1L << 40, 70, false);
    assertAt(digest(1), 1L << 40, 70, false);
  }

  @Test
  void bothHalvesOfAFingerprintTellRecordsApart() {
    String zeros = "0".repeat(16);
    // all of these fall into the same slot first
    List<String> alike =
        List.of(
            zeros + zeros + zeros + zeros,
            zeros + "0".repeat(15) + "1" + zeros + zeros,
            "8" + "0".repeat(15) + zeros + zeros + zeros,
            "f".repeat(12) + "0000" + zeros + zeros + zeros);
    for (int i = 0; i < alike.size(); i++) {
      index.put(alike.get(i), 100 * i, 10 + i, false);
    }
    assertThat(index.size()).isEqualTo(4);
    for (int i = 0; i < alike.size(); i++) {
      assertAt(alike.get(i), 100 * i, 10 + i, false);
    }
    // half of the digest is kept: the second half tells nothing
    assertAt(zeros + zeros + "ab".repeat(16), 0, 10, false);
  }

  @Test
  void aFullTableGoesOnAtItsBeginning() {
    String last = "0".repeat(13) + "3ff" + "0".repeat(48);
    String alike = "0".repeat(13) + "7ff" + "0".repeat(48);
    index.put(last, 1, 11, false);
    index.put(alike, 2, 12, false);
    assertAt(last, 1, 11, false);
    assertAt(alike, 2, 12, false);
  }

  @Test
  void whatIsNoDigestIsKnownByItsOwnDigest() {
    index.put("caption 1", 0, 70, false);
    index.put("AB".repeat(32), 71, 80, false);
    index.put("", 200, 90, false);
    assertAt("caption 1", 0, 70, false);
    assertAt("AB".repeat(32), 71, 80, false);
    assertAt("", 200, 90, false);
    assertThat(index.find("ab".repeat(32))).isNegative();
    assertAt(Sha256.of("caption 1".getBytes(StandardCharsets.UTF_8)), 0, 70, false);
  }

  @Test
  void theTableGrowsAndAgreesWithAMap() {
    Random random = new Random(11);
    Map<Integer, Long> known = new HashMap<>();
    for (long offset = 0; offset < 10_000; offset++) {
      int key = random.nextInt(5_000);
      index.put(digest(key), 10 * offset, 1 + key, key % 3 == 0);
      known.put(key, 10 * offset);
    }
    assertThat(index.size()).isEqualTo(known.size());
    for (int key = 0; key < 5_000; key++) {
      Long offset = known.get(key);
      if (offset == null) {
        assertThat(index.find(digest(key))).isNegative();
      } else {
        assertAt(digest(key), offset, 1 + key, key % 3 == 0);
      }
    }
    assertThat(index.sortedOffsets())
        .containsExactly(
            new TreeSet<>(known.values()).stream().mapToLong(Long::longValue).toArray());
  }
}
