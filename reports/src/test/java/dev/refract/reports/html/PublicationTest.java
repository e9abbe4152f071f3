package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.compare.SmallRuns;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What published pages say about machines.
class PublicationTest {

  private final Publication careful = Publication.careful();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://10.0.0.5:8000/v1|http://server-1/v1",
        "http://me:key@gpu-node-17.corp.example:8000/v1|http://server-1/v1",
        "https://[fe80::1]:8443/v1|https://server-1/v1",
        "https://api.openai.com/v1|https://api.openai.com/v1",
        "https://api.openai.com:8443/v1|https://server-1/v1",
        "cannot reach 192.168.0.17:9400|cannot reach server",
        "/home/jane/models/caprl-3b|…/caprl-3b",
        "ids of /home/jane/ids.txt, 12 rows|ids of …/ids.txt, 12 rows",
        "file:///home/jane/data/x.parquet: row 3|…/x.parquet: row 3",
        "C:\\Users\\jane\\run\\caprl.gguf|…/caprl.gguf",
        "'--out=/data/jane/runs'|'--out=…/runs'",
      })
  void addressesAndPathsAreShortened(String text, String clean) {
    assertThat(careful.text(text)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes/no",
        "OpenGVLab/InternVL3-8B",
        "vLLM 0.10.1.1",
        "1,024 / 12",
        "runs/a",
        "…/x",
        "a: b",
        "images/0001.png",
        "12/60 answers",
      })
  void otherTextsStay(String text) {
    assertThat(careful.text(text)).isEqualTo(text);
  }

  @Test
  void theSameHostHasTheSameNameEverywhere() {
    assertThat(careful.text("http://a.lan:1/v1|http://b.lan:2/v1"))
        .isEqualTo("http://server-1/v1|http://server-2/v1");
    assertThat(careful.text("b.lan: unknown host; b.language stays"))
        .isEqualTo("server-2: unknown host; b.language stays");
    assertThat(careful.text("http://server-1/v1")).isEqualTo("http://server-1/v1");
  }

  @Test
  void aRecordLosesItsCommandAndItsAddressesAndKeepsItsPrompts() {
    RunRecord made =
        SmallRuns.record(
            "run",
            new ModelIdentity.Served(
                "http://gpu17:8000/v1", "/data/jane/caprl", null, 0, 1, null, 64, null),
            SmallRuns.ANSWERER,
            SmallRuns.protocol("d", "Describe /this/image/ of http://x.lan/.", 1),
            RunRecord.TrialCounts.ONCE,
            List.of(SmallRuns.dataset("charts", "sha256:0", 4)),
            new RunRecord.Environment(
                "test",
                "25",
                "Linux",
                "cpu",
                2,
                List.of(),
                null,
                List.of("http://gpu17:8000/v1 (vLLM 0.10)"),
                null));
    RunRecord published = careful.of(made);
    assertThat(published.captioner().address()).isEqualTo("http://server-1/v1");
    assertThat(published.captioner().displayName()).isEqualTo("…/caprl");
    assertThat(published.command()).isNull();
    assertThat(published.environment().servers()).containsExactly("http://server-1/v1 (vLLM 0.10)");
    assertThat(published.protocol()).isEqualTo(made.protocol());
    assertThat(published.state()).isEqualTo(made.state());
    assertThat(Publication.withProvenance().of(made)).isSameAs(made);
  }

  @Test
  void messagesOfFailuresAreCleanedAndRepliesAreData() {
    ItemResult failed =
        SmallRuns.item(
            "d",
            "g",
            "q",
            "i",
            new Outcome.Failed(
                FailedStage.ANSWER, FailureKind.TIMEOUT, "http://gpu17:8000/v1 is silent"));
    ItemResult answered =
        SmallRuns.item("d", "g", "q", "i", new Outcome.Scored(1, "http://gpu17:8000/v1"));
    List<ItemResult> clean = careful.items(List.of(failed, answered));
    assertThat(clean.getFirst().representative().outcome())
        .isEqualTo(
            new Outcome.Failed(
                FailedStage.ANSWER, FailureKind.TIMEOUT, "http://server-1/v1 is silent"));
    assertThat(clean.getLast()).isEqualTo(answered);
  }
}
