package dev.refract.reports.compare;

import dev.refract.reports.file.OutputFile;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Named pointers to runs, safe to commit. Each contains a digest of its run's results, so that a
/// new run in the same folder is not mistaken for the old one.
///
/// @param file a JSON file; paths in it are relative to its folder
public record BaselineStore(Path file) {

  /// @param run its folder, relative to the store's with `/`, or absolute
  /// @param digest of its results, see {@link RunFile#digest}
  /// @param accuracy macro mean, only for display
  public record Baseline(
      String run, String digest, String captioner, double accuracy, String created) {

    public Baseline {
      Objects.requireNonNull(run, "run");
      Objects.requireNonNull(digest, "digest");
      Objects.requireNonNull(captioner, "captioner");
      Objects.requireNonNull(created, "created");
    }
  }

  private record Content(int format, Map<String, Baseline> baselines) {}

  private static final int FORMAT = 1;

  /// All baselines by name; empty where the file does not exist.
  public Map<String, Baseline> all() {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Content content = RunJson.read(file, Content.class);
    if (content.format != FORMAT) {
      throw new RunFormatException(
          file, "baselines of format " + content.format + ", expected " + FORMAT);
    }
    if (content.baselines == null) {
      throw new RunFormatException(file, "'baselines' is null; expected an object");
    }
    content.baselines.forEach((name, baseline) -> {
      if (baseline == null) {
        throw new RunFormatException(
            file, "baseline '%s' is null; expected an object".formatted(name));
      }
    });
    return content.baselines;
  }

  /// Points a name at the present state of a run.
  public Baseline set(String name, Path folder) throws IOException {
    RunData run = RunData.read(RunFile.finished(folder));
    int missing = run.summary().overall().missing();
    if (missing > 0) {
      throw new RunFormatException(
          folder,
          "%d answers or verdicts of it failed; a baseline must be complete: repeat the run's command to ask again"
              .formatted(missing));
    }
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
    OutputFile store = new OutputFile("--store", file);
    Optional<Path> inside = store.insideRun();
    if (inside.isPresent()) {
      throw new RunFormatException(
          file, "is inside of the run %s; keep baselines elsewhere".formatted(inside.get()));
    }
    store.write(RunJson.pretty(new Content(FORMAT, all)));
    return baseline;
  }

  /// The folder that a name points to, whether or not there still is a run.
  public Optional<Path> folder(String name) {
    return Optional.ofNullable(all().get(name)).map(baseline -> home().resolve(baseline.run));
  }

  /// The run that a name points to; empty where the name does not exist.
  ///
  /// @throws RunFormatException when the run is missing or its results have changed
  public Optional<RunFile> find(String name) {
    Baseline baseline = all().get(name);
    if (baseline == null) {
      return Optional.empty();
    }
    RunFile run = RunFile.finished(home().resolve(baseline.run));
    String found = run.digest();
    if (!found.equals(baseline.digest)) {
      throw new RunFormatException(
          run.folder(),
          ("baseline '%s' points to results with digest %s, found %s; restore the old run,"
                  + " or set the baseline again")
              .formatted(name, shortened(baseline.digest), shortened(found)));
    }
    return Optional.of(run);
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }

  /// @return whether the run is unchanged, or what is wrong with it
  public String state(Baseline baseline) {
    try {
      return RunFile.finished(home().resolve(baseline.run)).digest().equals(baseline.digest)
          ? "unchanged"
          : "results changed";
    } catch (RunFormatException _) {
      return Files.exists(new RunFile(home().resolve(baseline.run)).recordFile())
          ? "damaged or unfinished"
          : "missing";
    }
  }

  private Path home() {
    Path folder = file.toAbsolutePath().normalize().getParent();
    return Objects.requireNonNull(folder);
  }
}
