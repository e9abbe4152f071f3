package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import dev.refract.harness.score.GoldenRows.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The benchmarks' own scorers are the oracle; the rows they scored are not in the repository.
class GoldenMetricsTest {

  @TempDir private Path folder;

  @Test
  void everyGoldenRowAgrees() {
    Path golden = Shared.folder().resolve("golden/metrics.jsonl");
    assumeThat(golden).as("golden rows").exists();
    List<Tally> tallies =
        GoldenRows.check(golden).stream().filter(tally -> !tally.unknown()).toList();
    assertThat(tallies)
        .allSatisfy(tally -> assertThat(tally.disagreements()).as(tally.metric()).isEmpty());
    assertThat(tallies.stream().mapToInt(Tally::agree).sum())
        .isGreaterThanOrEqualTo(2 * 1762 + 2 * 1912 + 150 + 1842);
  }

  @Test
  void aDisagreeingRowAndAnUnknownMetricAreReported() throws IOException {
    Path file = folder.resolve("rows.jsonl");
    Files.writeString(
        file,
        """
        {"metric": "anls.vlmevalkit", "gold": ["hello"], "pred": "hallo", "score": 0.8}
        {"metric": "anls.vlmevalkit", "gold": ["hello"], "pred": "hallo", "score": 0.9}
        {"metric": "other.one", "gold": ["x"], "pred": "y", "score": 1}
        """);
    assertThat(GoldenRows.check(file))
        .extracting(Tally::agree, Tally::disagree, Tally::unsupported, Tally::unknown)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 1, 0, false),
            org.assertj.core.groups.Tuple.tuple(0, 0, 1, true));
  }
}
