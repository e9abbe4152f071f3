package dev.refract.reports.load;

import java.util.List;

/// Where more load brings no more: the first step of a sweep whose next one gains less than a
/// twentieth though it asks for twice as much.
public final class Knee {

  private static final double MIN_GAIN = 1.05;

  private Knee() {}

  /// @param rates of each step, in order
  /// @return the place of the knee, or -1 while the last step still gained
  public static int of(List<Double> rates) {
    for (int i = 0; i + 1 < rates.size(); i++) {
      if (rates.get(i + 1) < MIN_GAIN * rates.get(i)) {
        return i;
      }
    }
    return -1;
  }
}
