package dev.refract.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.compare.Comparison.PairedEstimate;
import dev.refract.reports.compare.Comparison.Row;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.PairedDifference;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a row of a comparison says in words.
class ComparisonRowTest {

  @Test
  void withoutAChangedScoreThereIsNoDifference() {
    assertThat(row(0, 0, 0, 0.001, 0, 0).verdict("new", 0.05))
        .contains("no difference")
        .contains("1,234")
        .doesNotContain("points");
  }

  @Test
  void aProvenGainIsBetterByItsPoints() {
    assertThat(row(0.05, 0.02, 0.08, 0.049, 1000, 200).verdict("new", 0.05))
        .contains("new is better by", "5.0 points [2.0, 8.0]", "1,200 of 1,234");
  }

  @Test
  void aProvenDropIsWorseByItsPointsWithTheIntervalTurned() {
    assertThat(row(-0.05, -0.08, -0.02, 0.049, 1, 2).verdict("new", 0.05))
        .contains("new is worse by", "5.0 points [2.0, 8.0]", "3 of 1,234");
  }

  @Test
  void atAlphaNothingIsProven() {
    assertThat(row(0.05, -0.02, 0.12, 0.05, 1, 2).verdict("new", 0.05))
        .contains("no difference proven", "better by 5.0 points [-2.0, 12.0]")
        .doesNotContain("new is");
    assertThat(row(-0.05, -0.12, 0.02, 0.05, 1, 2).verdict("new", 0.05))
        .contains("no difference proven", "worse by 5.0 points [-2.0, 12.0]")
        .doesNotContain("new is");
  }

  @Test
  void changesThatCancelOutAreNeitherBetterNorWorse() {
    assertThat(row(0, -0.02, 0.02, 0.01, 2, 2).verdict("new", 0.05))
        .contains("no difference proven", "0.0 points [-2.0, 2.0]", "4 of 1,234")
        .doesNotContain("better", "worse");
  }

  @Test
  void theAdjustedValueDecides() {
    Row row = row(0.05, 0.02, 0.08, 0.01, 3, 0);
    assertThat(row.verdict("new", 0.05)).contains("new is better");
    assertThat(row.adjusted(0.06).verdict("new", 0.05)).contains("no difference proven");
    assertThat(row.adjusted(0.06).p()).isEqualTo(row.p());
    assertThat(row.adjusted(0.06).adjusted()).isEqualTo(0.06);
  }

  @Test
  void tooFewImagesProveNothingWhateverTheP() {
    Row row =
        new Row(
            "d", 1234, 5, 0, 0, estimate(-0.05, -0.08, -0.02), 0.01, 0.01, 0, 3, Double.NaN, null);
    assertThat(row.isTelling()).isFalse();
    assertThat(row.verdict("new", 0.05))
        .contains("5 images", "-5.0 points", "3 of 1,234")
        .doesNotContain("new is");
  }

  @Test
  void aRowTellsWhereScoresChangedAndImagesAreEnough() {
    assertThat(row(0, 0, 0, 1, 0, 0).isTelling()).isFalse();
    assertThat(row(0, 0, 0, 1, 1, 0).isTelling()).isTrue();
    assertThat(row(0, 0, 0, 1, 0, 1).isTelling()).isTrue();
  }

  @Test
  void intervalsStayWithinMinusOneAndOne() {
    PairedDifference paired =
        new PairedDifference(8, 2, 0.25, 0.75, 0.5, 0.125, 0.25, 5, 1, List.of());
    Row row = Row.of("d", paired, new Difference(0.5, 0.25, 1), 0.3, 0.95, 0.2);
    assertThat(row)
        .isEqualTo(
            new Row(
                "d",
                8,
                2,
                0.25,
                0.75,
                new PairedEstimate(0.5, -1, 1, 0.125, 0.25, 1),
                0.3,
                0.3,
                5,
                1,
                0.2,
                null));
  }

  /// A row of 1,234 questions.
  private static Row row(
      double delta, double low, double high, double adjusted, int better, int worse) {
    return new Row(
        "d",
        1234,
        99,
        0.5,
        0.5,
        estimate(delta, low, high),
        0.001,
        adjusted,
        better,
        worse,
        0.1,
        null);
  }

  private static PairedEstimate estimate(double delta, double low, double high) {
    return new PairedEstimate(delta, low, high, 0.01, 0.02, 98);
  }
}
