package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.DatasetManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The table of docs/scoring.md says what the manifests say.
class ScoringDocTest {

  @Test
  void everyBenchmarkHasItsLine() throws IOException {
    Path doc = Path.of("../docs/scoring.md");
    List<String> lines = Files.readAllLines(doc);
    for (DatasetCatalog.Entry entry : DatasetCatalog.load(null).all()) {
      DatasetManifest manifest = entry.manifest();
      DatasetManifest.Scorer scorer = Objects.requireNonNull(manifest.scorer(), manifest.id());
      String script =
          scorer.commit() == null ? scorer.script() : scorer.script() + " @" + scorer.commit();
      assertThat(lines)
          .contains(
              "| `%s` | `%s` | %s | %s | %s |"
                  .formatted(
                      manifest.id(),
                      manifest.metric(),
                      script,
                      scorer.checked(),
                      scorer.approximate() == null ? "exact" : scorer.approximate()));
    }
  }
}
