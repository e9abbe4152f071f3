package dev.refract.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The peak of this process's own memory, sampled every 20 ms where Linux reports it.
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private volatile double most;

  private PeakMemory() {}

  static PeakMemory start() {
    PeakMemory peak = new PeakMemory();
    Thread.ofPlatform().daemon().start(peak::watch);
    return peak;
  }

  double megabytes() {
    return most;
  }

  private void watch() {
    try {
      while (true) {
        most = Math.max(most, now());
        Thread.sleep(20);
      }
    } catch (InterruptedException _) {
      // the process ends
    }
  }

  private static double now() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("RssAnon"))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException _) {
      return Double.NaN;
    }
  }
}
