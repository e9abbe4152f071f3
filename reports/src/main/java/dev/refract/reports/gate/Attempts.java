package dev.refract.reports.gate;

import dev.refract.reports.result.RunJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    cutTornTail();
    List<Attempt> known = Files.exists(file) ? RunJson.readLines(file, Attempt.class) : List.of();
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
      Files.writeString(
          file,
          RunJson.line(new Attempt(commit, baseline, candidate)) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    return candidates.indexOf(candidate) + 1;
  }

  /// Removes the incomplete last line that a killed process leaves.
  private void cutTornTail() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    String text = Files.readString(file);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      RunJson.replace(file, text.substring(0, text.lastIndexOf('\n') + 1));
    }
  }
}
