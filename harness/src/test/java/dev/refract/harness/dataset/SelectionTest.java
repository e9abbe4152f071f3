package dev.refract.harness.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.store.Datasets;
import dev.refract.manifest.DatasetManifest.ImageRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

  /// 90 images of group a, 9 of b, 1 of c.
  private static final Dataset WHOLE =
      Dataset.whole(
          "d",
          "D",
          new Dataset.Origin("test", null, null, ImageRule.SHOW, null),
          IntStream.range(0, 100)
              .mapToObj(i ->
                  new Sample(
                      List.of(new ImageFile("i" + i, Path.of("i" + i), "0" + i)),
                      "chart",
                      null,
                      List.of(question(i, 0), question(i, 1))))
              .toList(),
          List.of(),
          List.of());

  private static Question question(int image, int number) {
    String group = image == 50 ? "c" : image % 10 == 9 && image > 9 ? "b" : "a";
    return new Question(image + "-" + number, group, "q", List.of(), List.of("x"), "anls");
  }

  @Test
  void aDrawTakesAShareOfEachGroupAndKeepsTheOrder() {
    Dataset drawn = new Selection(null, 50, 7, Map.of(), null).of(WHOLE);
    assertThat(drawn.samples()).hasSize(50);
    Map<String, Long> groups =
        drawn.samples().stream()
            .collect(
                Collectors.groupingBy(
                    s -> s.questions().getFirst().group(), Collectors.counting()));
    assertThat(groups.get("a")).isEqualTo(45);
    assertThat(groups.get("b")).isBetween(4L, 5L);
    List<Integer> order = new ArrayList<>();
    drawn.samples().forEach(s -> order.add(Integer.valueOf(s.name().substring(1))));
    assertThat(order).isSorted();
    assertThat(drawn.selection()).isEqualTo("sample 50 seed 7");
    assertThat(drawn.ofImages()).isEqualTo(100);
  }

  @Test
  void theSameSeedDrawsTheSameSampleAndAnotherSeedAnotherSample() {
    Selection seven = new Selection(null, 20, 7, Map.of(), null);
    assertThat(seven.of(WHOLE)).isEqualTo(seven.of(WHOLE));
    assertThat(new Selection(null, 20, 8, Map.of(), null).of(WHOLE).samples())
        .isNotEqualTo(seven.of(WHOLE).samples());
  }

  @Test
  void aDrawOfMoreThanAllImagesIsTheWholeDataset() {
    assertThat(new Selection(null, 100, 1, Map.of(), null).of(WHOLE)).isEqualTo(WHOLE);
  }

  @Test
  void filtersIdsAndLimitCombine() {
    Selection some =
        new Selection(
            2, null, 0, Map.of("group", Set.of("b", "c")), Set.of("19-0", "29-1", "50-0", "1-0"));
    Dataset left = some.of(WHOLE);
    assertThat(left.samples().stream().map(Sample::name)).containsExactly("i19", "i29");
    assertThat(left.questions()).isEqualTo(2);
    assertThat(left.selection()).contains("4 ids").contains("group=").contains("the first 2");
  }

  @Test
  void unknownIdsAndFilterValuesAreReported() {
    assertThatThrownBy(
            () -> new Selection(null, null, 0, Map.of("group", Set.of("z")), null).of(WHOLE))
        .hasMessageContaining("no question has group=z; available: a, b, c");
    assertThatThrownBy(
            () -> new Selection(null, null, 0, Map.of("group", Set.of("a", "z")), null).of(WHOLE))
        .hasMessageContaining("no question has group=z");
    assertThatThrownBy(
            () -> new Selection(null, null, 0, Map.of(), Set.of("1-0", "nope")).of(WHOLE))
        .hasMessageContaining("1 of 2 ids were not found, such as 'nope'");
  }

  @Test
  void theBundledSuiteIsDrawnByItsGroups() {
    Dataset drawn = new Selection(null, 6, 1, Map.of(), null).of(Datasets.mini());
    assertThat(drawn.samples()).hasSize(6);
  }
}
