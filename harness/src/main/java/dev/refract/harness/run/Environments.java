package dev.refract.harness.run;

import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where this process runs.
public final class Environments {

  private Environments() {}

  static RunRecord.Environment here() {
    return new RunRecord.Environment(
        version(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        processor(),
        Runtime.getRuntime().availableProcessors());
  }

  /// The version that the jar was built as.
  public static String version() {
    String version = Environments.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException _) {
      return "unknown"; // no Linux: the operating system is named all the same
    }
  }
}
