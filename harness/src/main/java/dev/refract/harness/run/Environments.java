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

/// Describes the machine, Java and refract version of this process.
public final class Environments {

  private Environments() {}

  /// @param gpus source of information on this machine's GPUs
  /// @param servers addresses of the model servers, with the software they report
  static RunRecord.Environment here(GpuSource gpus, List<String> servers) {
    return new RunRecord.Environment(
        version(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        gpus.gpus().stream().map(Gpu::words).toList(),
        gpus.driver(),
        servers,
        List.of());
  }

  /// The environment without GPUs and servers.
  static RunRecord.Environment here() {
    return here(new GpuSource.None(""), List.of());
  }

  /// The version of the jar, with its commit and whether uncommitted changes were built in, such as
  /// `0.1.0 (7b0fa93, modified)`.
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
      throw new IllegalStateException("cannot read refract's own jar", e);
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
      return "unknown"; // not Linux; the operating system is recorded anyway
    }
  }
}
