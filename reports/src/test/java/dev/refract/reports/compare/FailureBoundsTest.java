package dev.refract.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How far failed answers can move a difference.
class FailureBoundsTest {

  private static Join.Match match(double a, double failedA, double b, double failedB) {
    return new Join.Match(
        new ScoredQuestion("k", "d", "g", 0, "i", a, failedA),
        new ScoredQuestion("k", "d", "g", 0, "i", b, failedB));
  }

  private static Map<String, FailureBounds> bounds(Join.Match... matches) {
    return FailureBounds.of(
        new Join(List.of(matches), List.of(), List.of(), List.of()), m -> m.a().dataset());
  }

  @Test
  void without_failures_there_is_nothing_to_bound() {
    assertThat(bounds(match(1, 0, 0, 0))).isEmpty();
  }

  @Test
  void the_bounds_are_the_differences_with_one_sides_failures_right() {
    FailureBounds found =
        Objects.requireNonNull(
            bounds(
                    match(1, 0, 1, 0),
                    match(1, 0, 0, 1), // the candidate failed where the baseline was right
                    match(0, 1, 1, 0), // and the other way round
                    match(0.5, 0.5, 0.5, 0))
                .get("d"));
    assertThat(found.failedA()).isCloseTo(1.5 / 4, within(1e-12));
    assertThat(found.failedB()).isCloseTo(1 / 4.0, within(1e-12));
    assertThat(found.low()).isCloseTo((0 - 1.5) / 4, within(1e-12));
    assertThat(found.high()).isCloseTo((0 + 1) / 4.0, within(1e-12));
    assertThat(found.words("a", "b")).contains("37.5 %", "25.0 %", "-37.5 to +25.0 points");
  }
}
