package dev.refract.reports.compare;

import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunFormatException;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Named pointers to runs, safe to commit: each holds a digest of the results that it means, so
/// that a run that is made anew in the same place is not taken for the old one.
///
/// @param file a JSON file; paths in it are relative to its folder
public record BaselineStore(Path file) {

  /// @param run its folder, relative to the store's with `/`, or absolute
  /// @param digest of its results, see {@link RunFile#digest}
  /// @param accuracy macro mean, for people
  public record Baseline(
      String run, String digest, String captioner, double accuracy, String created) {}

  private record Content(int format, Map<String, Baseline> baselines) {}

  private static final int FORMAT = 1;

  /// All of them by name; none where there is no file.
  public Map<String, Baseline> all() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Content content = RunJson.read(file, Content.class);
    if (content.format != FORMAT) {
      throw new RunFormatException(
          file, "baselines of format " + content.format + ", expected " + FORMAT);
    }
    return content.baselines;
  }

  /// Points a name at a run as it is now.
  public Baseline set(String name, Path folder) throws IOException {
    RunData run = RunData.read(RunFile.open(folder));
    Path home = home();
    Path place = folder.toAbsolutePath().normalize();
    String path =
        place.startsWith(home) ? home.relativize(place).toString().replace('\\', '/') : "" + place;
    Baseline baseline =
        new Baseline(
            path,
            run.digest(),
            run.record().captionerId(),
            run.summary().overall().accuracy().mean(),
            run.record().created());
    Map<String, Baseline> all = new TreeMap<>(all());
    all.put(name, baseline);
    Files.createDirectories(home);
    RunJson.replace(file, RunJson.pretty(new Content(FORMAT, all)));
    return baseline;
  }

  /// The run that a name means; empty where there is no such name.
  ///
  /// @throws RunFormatException when the run is gone or is another one by now
  public Optional<RunFile> find(String name) {
    Baseline baseline = all().get(name);
    if (baseline == null) {
      return Optional.empty();
    }
    RunFile run = RunFile.open(home().resolve(baseline.run));
    String found = run.digest();
    if (!found.equals(baseline.digest)) {
      throw new RunFormatException(
          run.folder(),
          "baseline '%s' means results with digest %s, found %s; bring the old run back, or set the baseline anew"
              .formatted(name, baseline.digest.substring(0, 12), found.substring(0, 12)));
    }
    return Optional.of(run);
  }

  /// @return whether the run is the one that the name means, or what is wrong
  public String state(Baseline baseline) {
    try {
      RunRecord _ = RunFile.open(home().resolve(baseline.run)).record();
      return new RunFile(home().resolve(baseline.run)).digest().equals(baseline.digest)
          ? "as it was"
          : "changed since";
    } catch (RunFormatException _) {
      return "not here";
    }
  }

  private Path home() {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return java.util.Objects.requireNonNull(folder);
  }
}
