package dev.refract.reports.gate;

import dev.refract.reports.file.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The candidates that a commit has been gated with. Repeated attempts would eventually pass by
/// luck, so alpha is divided by their number; the same results do not count as another attempt.
///
/// @param file JSON Lines, appended to
public record Attempts(Path file) {

  private record Attempt(String commit, String baseline, String candidate) {}

  /// Records an attempt.
  ///
  /// @param baseline digest of its results
  /// @param candidate digest of its results
  /// @return the candidate's number among the commit's candidates against that baseline, from 1;
  ///   the same results keep their number
  public int record(String commit, String baseline, String candidate) throws IOException {
    List<Attempt> known = new ArrayList<>();
    if (Files.exists(file)) {
      JsonLines.forEachOlder(file, Attempt.class, known::add);
      JsonLines.cutTornTail(file);
    }
    List<String> candidates = new ArrayList<>();
    for (Attempt attempt : known) {
      if (attempt.commit.equals(commit) && attempt.baseline.equals(baseline)) {
        candidates.add(attempt.candidate);
      }
    }
    if (!candidates.contains(candidate)) {
      candidates.add(candidate);
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(
          file,
          JsonLines.of(new Attempt(commit, baseline, candidate)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return candidates.indexOf(candidate) + 1;
  }
}
