package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.stats.AttainableShare.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttainableShareTest {

  @Test
  void itIsZeroAtTheFloorAndOneAtTheCeiling() {
    assertThat(share(same(0, 0, 1)).value()).isZero();
    assertThat(share(same(1, 0, 1)).value()).isEqualTo(1);
    assertThat(share(same(0.5, 0.2, 0.8)).value()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aCaptionerMayLieAboveTheCeiling() {
    assertThat(share(same(0.9, 0, 0.6)).value()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void thereIsNoneWhereTheCeilingIsNotClearlyAboveTheFloor() {
    assertThat(AttainableShare.of(same(0.3, 0.5, 0.5))).isEmpty();
    assertThat(AttainableShare.of(same(0.3, 0.5, 0.4))).isEmpty();
    assertThat(AttainableShare.of(List.of())).isEmpty();
    assertThat(AttainableShare.of(List.of(new Observation("one", 1, 0, 1)))).isEmpty();
    assertThat(AttainableShare.of(drawn(new Random(3), 12, 0.2, 0.2, 0.3))).isEmpty();
  }

  @Test
  void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
    Random random = new Random(20_260_101);
    for (int images : new int[] {20, 60, 300}) {
      int held = 0;
      int rounds = 2_000;
      int there = 0;
      for (int round = 0; round < rounds; round++) {
        Optional<AttainableShare> share = AttainableShare.of(drawn(random, images, 0.6, 0.1, 0.9));
        if (share.isPresent()) {
          there++;
          held += share.get().low() <= 0.625 && 0.625 <= share.get().high() ? 1 : 0;
        }
      }
      assertThat(there).isGreaterThan(rounds * 9 / 10);
      assertThat((double) held / there).as("%d images", images).isBetween(0.93, 0.97);
    }
  }

  /// Four questions an image that share half of their luck.
  private static List<Observation> drawn(
      Random random, int images, double score, double floor, double ceiling) {
    List<Observation> questions = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      double shared = random.nextDouble();
      for (int question = 0; question < 4; question++) {
        double luck = question % 2 == 0 ? shared : random.nextDouble();
        questions.add(
            new Observation(
                "image " + image,
                luck < score ? 1 : 0,
                random.nextDouble() < floor ? 1 : 0,
                luck < ceiling ? 1 : 0));
      }
    }
    return questions;
  }

  private static AttainableShare share(List<Observation> questions) {
    return AttainableShare.of(questions).orElseThrow();
  }

  private static List<Observation> same(double score, double floor, double ceiling) {
    List<Observation> questions = new ArrayList<>();
    for (int image = 0; image < 10; image++) {
      questions.add(new Observation("image " + image, score, floor, ceiling));
    }
    return questions;
  }
}
