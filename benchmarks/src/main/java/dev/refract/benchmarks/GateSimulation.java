package dev.refract.benchmarks;

import dev.refract.reports.stats.Simulation;
import java.util.Locale;

/// Measures how often tests are wrong and how often they find a difference, at full size: 10,000
/// pairs of runs of 200 images with 5 questions, alpha 0.05, margin 2 points, for candidates from
/// equal to much worse.
///
/// `java -cp benchmarks/target/benchmarks.jar dev.refract.benchmarks.GateSimulation [runs]`
public final class GateSimulation {

  private static final double[] SHIFTS = {0, -0.1, -0.2, -0.3};

  private GateSimulation() {}

  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    System.out.printf(
        Locale.ROOT,
        "%-28s %10s %10s %10s %10s %10s%n",
        runs + " runs, shift of ability",
        "sign-flip",
        "McNemar",
        "outside",
        "regression",
        "pass");
    for (double shift : SHIFTS) {
      Simulation.Rates rates = Simulation.of(200, 5, shift, runs, 1).rates(0.05, 0.02, 1_000);
      System.out.printf(
          Locale.ROOT,
          "%-28s %9.1f%% %9.1f%% %10s %9.1f%% %9.1f%%%n",
          shift + " standard deviations",
          100 * rates.signFlip(),
          100 * rates.mcNemar(),
          shift == 0 ? String.format(Locale.ROOT, "%.1f%%", 100 * rates.outside()) : "-",
          100 * rates.regression(),
          100 * rates.pass());
    }
  }
}
