package dev.refract.harness.run;

import dev.refract.harness.gpu.Gpu;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/// Where this process runs.
public final class Environments {

  private Environments() {}

  /// @param gpus who tells of the GPUs of this machine
  /// @param servers of the captioner, with what they say they are
  static RunRecord.Environment here(GpuSource gpus, List<String> servers) {
    return new RunRecord.Environment(
        version(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        gpus.gpus().stream().map(Gpu::words).toList(),
        gpus.driver(),
        servers);
  }

  /// Where nobody looks at GPUs.
  static RunRecord.Environment here() {
    return here(new GpuSource.None(""), List.of());
  }

  /// The version that the jar was built as, with its commit and whether anything was changed since,
  /// such as `0.1.0 (7b0fa93, modified)`.
  public static String version() {
    String version = Environments.class.getPackage().getImplementationVersion();
    if (version == null) {
      return "development";
    }
    Attributes built = manifest();
    String commit = built.getValue("Refract-Commit");
    if (commit == null || !commit.matches("[0-9a-f]+")) {
      return version; // built from an archive, without Git
    }
    boolean modified = "true".equals(built.getValue("Refract-Modified"));
    return "%s (%s%s)".formatted(version, commit, modified ? ", modified" : "");
  }

  private static Attributes manifest() {
    URL classes = Environments.class.getProtectionDomain().getCodeSource().getLocation();
    try (JarFile jar = new JarFile(Path.of(classes.toURI()).toFile())) {
      return jar.getManifest().getMainAttributes();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the jar that this runs from", e);
    }
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
