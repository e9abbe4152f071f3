package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Checks the error rates of tests and intervals where questions share images: 200 images of 5
/// questions, seeded. The full size is in `benchmarks`, `GateSimulation`.
class SimulationTest {

  private static final int RUNS = 1_000;

  /// Three standard errors of a share of 5 % over this number of runs.
  private static final double SLACK = 3 * Math.sqrt(0.05 * 0.95 / RUNS);

  @Test
  void equalCandidatesAreCalledWorseAsOftenAsAlphaAndPlainMcNemarMoreOften() {
    Simulation.Rates rates = Simulation.of(200, 5, 0, RUNS, 1).rates(0.05, 0.02, 500);
    assertThat(rates.signFlip()).isLessThan(0.05 + SLACK);
    assertThat(rates.regression()).isLessThan(0.05 + SLACK);
    assertThat(rates.outside()).isBetween(0.05 - SLACK, 0.05 + SLACK);
    assertThat(rates.mcNemar()).isGreaterThan(0.05 + SLACK);
  }

  @Test
  void aRegressionThatLargeIsFound() {
    Simulation.Rates rates = Simulation.of(200, 5, -0.3, 200, 2).rates(0.05, 0.02, 500);
    assertThat(rates.signFlip()).isGreaterThan(0.8);
    assertThat(rates.regression()).isGreaterThan(0.8);
    assertThat(rates.pass()).isLessThan(0.05);
  }
}
