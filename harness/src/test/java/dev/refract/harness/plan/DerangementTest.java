package dev.refract.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.plan.Derangement.Described;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every image gets another one: all of them stand on one ring.
class DerangementTest {

  private static ImageFile image(int i) {
    return new ImageFile(i + ".png", Path.of(i + ".png"), "sha" + i);
  }

  private static Sample sample(int... images) {
    return new Sample(
        IntStream.of(images).mapToObj(DerangementTest::image).toList(),
        "chart",
        "truth of " + images[0],
        List.of());
  }

  private static Dataset dataset(Sample... samples) {
    return Dataset.whole(
        "tiny", "Tiny", Dataset.Origin.folder("f"), List.of(samples), List.of(), List.of());
  }

  private static Dataset ofImages(int count) {
    return dataset(
        IntStream.range(0, count).mapToObj(DerangementTest::sample).toArray(Sample[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 50})
  void fromEachImageTheRingLeadsThroughAllOthers(int count) {
    for (long seed = 0; seed < 20; seed++) {
      Derangement derangement = new Derangement(ofImages(count), seed);
      Set<String> met = new HashSet<>();
      ImageFile at = image(0);
      for (int i = 0; i < count; i++) {
        ImageFile next = derangement.of(at).image();
        assertThat(next).isNotEqualTo(at);
        assertThat(met.add(next.identity())).isTrue();
        at = next;
      }
      assertThat(at).isEqualTo(image(0));
    }
  }

  @Test
  void theGroundTruthIsThatOfTheOtherImage() {
    Derangement derangement = new Derangement(ofImages(9), 1);
    for (int i = 0; i < 9; i++) {
      Described other = derangement.of(image(i));
      assertThat(other.description())
          .isEqualTo("truth of " + other.image().name().replace(".png", ""));
    }
  }

  @Test
  void oneSeedGivesOneOrderAndSeedsDiffer() {
    List<String> orders =
        IntStream.range(0, 10)
            .mapToObj(seed -> order(new Derangement(ofImages(30), seed)))
            .toList();
    assertThat(orders).doesNotHaveDuplicates();
    assertThat(order(new Derangement(ofImages(30), 3))).isEqualTo(orders.get(3));
  }

  private static String order(Derangement derangement) {
    return IntStream.range(0, 30)
        .mapToObj(i -> derangement.of(image(i)).image().name())
        .toList()
        .toString();
  }

  @Test
  void anImageOfSeveralSamplesIsOneWithTheFirstOnesTruth() {
    Derangement derangement = new Derangement(dataset(sample(0, 1), sample(1)), 5);
    assertThat(derangement.of(image(0))).isEqualTo(new Described(image(1), "truth of 0"));
    assertThat(derangement.of(image(1))).isEqualTo(new Described(image(0), "truth of 0"));
  }

  @Test
  void twoImagesAreNeeded() {
    assertThatThrownBy(() -> new Derangement(dataset(sample(0), sample(0)), 1))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("'tiny'");
    assertThatThrownBy(() -> new Derangement(ofImages(0), 1)).isInstanceOf(RunException.class);
  }
}
