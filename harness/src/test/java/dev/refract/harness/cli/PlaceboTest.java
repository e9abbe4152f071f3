package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceboTest {

  @TempDir private Path folder;

  @Test
  void everyImageGetsTheCaptionOfAnotherOneAndTheSameOneEachTime() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      RunFile own = Objects.requireNonNull(run(server, "own", "reference").get("reference"));
      Map<String, RunFile> runs = run(server, "both", "reference", "placebo:of=reference");
      RunFile placebo = Objects.requireNonNull(runs.get("placebo"));
      Map<String, String> described = new HashMap<>();
      placebo.captions().values().forEach(c -> described.put(c.fingerprint(), c.image()));
      for (ItemResult item : placebo.items()) {
        assertThat(described.get(item.representative().captions().getFirst()))
            .isNotEqualTo(item.images().getFirst().name());
      }
      // A permutation: each image is described once, and captions are the captioner's own.
      assertThat(described.values()).doesNotHaveDuplicates().hasSize(8);
      assertThat(placebo.captions().keySet()).isEqualTo(own.captions().keySet());
      assertThat(placebo.record().isControl()).isTrue();
      Map<String, CaptionRecord> again =
          Objects.requireNonNull(
                  run(server, "again", "reference", "placebo:of=reference").get("placebo"))
              .captions();
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      placebo.captions().values().forEach(c -> first.add(c.image()));
      again.values().forEach(c -> second.add(c.image()));
      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void aPlaceboWithNothingToSwapIsRefused() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      Refract.Result nobody = refract(server, "a", "4", "placebo");
      assertThat(nobody.exitCode()).isEqualTo(2);
      assertThat(nobody.err())
          .contains("placebo and direct refer to another captioner: name it before them");
      Refract.Result blind = refract(server, "b", "4", "placebo:of=blind");
      assertThat(blind.exitCode()).isEqualTo(2);
      Refract.Result alone = refract(server, "c", "1", "placebo:of=reference");
      assertThat(alone.exitCode()).isEqualTo(2);
      assertThat(alone.err()).contains("has one image");
    }
  }

  private Map<String, RunFile> run(FakeServer server, String out, String... captioners)
      throws IOException {
    Refract.Result result = refract(server, out, "8", captioners);
    assertThat(result.exitCode()).as(result.err()).isZero();
    Map<String, RunFile> runs = new HashMap<>();
    for (String name : List.of("reference", "placebo")) {
      Path run = folder.resolve(out).resolve(name);
      if (run.toFile().exists()) {
        runs.put(name, RunFile.open(run));
      }
    }
    return runs;
  }

  private Refract.Result refract(
      FakeServer server, String out, String limit, String... captioners) {
    List<Object> command = new ArrayList<>(List.of("run", "--dataset", "mini", "--limit", limit));
    for (String captioner : captioners) {
      command.addAll(List.of("--captioner", captioner));
    }
    command.addAll(List.of("--answerer", "openai:base_url=%s,model=m".formatted(server.baseUrl())));
    command.addAll(List.of("--out", folder.resolve(out)));
    return Refract.run(command.toArray());
  }
}
