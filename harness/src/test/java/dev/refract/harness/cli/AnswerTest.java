package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {

  @TempDir private Path folder;

  @Test
  void anotherAnswererUsesSavedCaptionsAndNoImageIsCaptionedAgain() throws Exception {
    try (FakeServer first = new FakeServer(_ -> Answer.saying("one"));
        FakeServer second = new FakeServer(_ -> Answer.saying("two"))) {
      Path runs = folder.resolve("runs");
      assertThat(
              Refract.run(
                      "run",
                      "--dataset",
                      "mini",
                      "--limit",
                      "4",
                      "--captioner",
                      "reference",
                      "--answerer",
                      "openai:base_url=%s,model=a".formatted(first.baseUrl()),
                      "--out",
                      runs)
                  .exitCode())
          .isZero();
      int asked = first.received().size();
      Refract.Result result = answer(second, runs.resolve("again"));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(first.received()).hasSize(asked);
      assertThat(second.received()).hasSize(10);
      RunFile source = RunFile.open(runs.resolve("reference"));
      RunFile again = RunFile.open(runs.resolve("again"));
      assertThat(again.record().captioner()).isEqualTo(source.record().captioner());
      assertThat(again.record().datasets().getFirst().extent())
          .contains("10 of 16 questions, seed 3");
      for (ItemResult item : again.items()) {
        ItemResult was =
            source.items().stream()
                .filter(i -> i.questionId().equals(item.questionId()))
                .findFirst()
                .orElseThrow();
        assertThat(item.representative().prompt()).isEqualTo(was.representative().prompt());
        assertThat(item.representative().reply()).isEqualTo("two");
        assertThat(item.representative().outcome()).isNotInstanceOf(Outcome.Failed.class);
      }
      assertThat(answer(second, runs.resolve("again")).exitCode()).isZero();
      assertThat(second.received()).hasSize(10); // no request is sent twice
      assertThat(answer(first, runs.resolve("reference")).err())
          .contains("holds a run with other settings or data (answerer was");
      assertThat(Refract.run("board", runs, "--out", folder.resolve("site")).exitCode()).isZero();
    }
  }

  private Refract.Result answer(FakeServer server, Path out) {
    List<Object> command =
        List.of(
            "answer",
            out.resolveSibling("reference"),
            "--answerer",
            "openai:base_url=%s,model=b".formatted(server.baseUrl()),
            "--sample",
            "10",
            "--seed",
            "3",
            "--out",
            out);
    return Refract.run(command.toArray());
  }
}
