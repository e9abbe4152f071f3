package dev.refract.harness.text;

import java.time.Duration;

/// A duration as progress lines show it.
public final class Clock {

  private Clock() {}

  /// Such as `1:05` for minutes and seconds, `2h03m` from an hour on.
  public static String of(Duration time) {
    return time.toHours() > 0
        ? "%dh%02dm".formatted(time.toHours(), time.toMinutesPart())
        : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
