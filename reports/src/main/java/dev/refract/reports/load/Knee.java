package dev.refract.reports.load;

import java.util.List;

/// The point where throughput stops growing: the first step of a sweep whose next step, with twice
/// the load, gains less than 5 %.
public final class Knee {

  private static final double MIN_GAIN = 1.05;

  private Knee() {}

  /// @param rates one for each step, in order
  /// @return index of the knee, or -1 while the last step still gained
  public static int of(List<Double> rates) {
    for (int i = 0; i + 1 < rates.size(); i++) {
      if (rates.get(i + 1) < MIN_GAIN * rates.get(i)) {
        return i;
      }
    }
    return -1;
  }
}
