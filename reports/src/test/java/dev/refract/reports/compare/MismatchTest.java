package dev.refract.reports.compare;

import static dev.refract.reports.compare.SmallRuns.dataset;
import static dev.refract.reports.compare.SmallRuns.protocol;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.RunRecord.TrialCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In which ways two runs differ, one at a time.
class MismatchTest {

  private static final ModelIdentity LLM = served("http://a", "llm", 0);
  private static final List<RunRecord.Dataset> DATA = List.of(dataset("charts", "s", 4));

  @Test
  void anotherCaptionerNameAndAddressAreNoMismatch() {
    assertThat(between(SmallRuns.record("other", new ModelIdentity.Blind(), LLM), plain()))
        .isEmpty();
    assertThat(between(with(served("http://b", "llm", 0)), plain())).isEmpty();
  }

  @Test
  void otherDatasetsChecksumsOrQuestionsAreOtherData() {
    assertThat(between(with(List.of(dataset("tables", "s", 4))), record()))
        .containsExactly(Mismatch.DATA);
    assertThat(between(record(), with(List.of(dataset("charts", "t", 4)))))
        .containsExactly(Mismatch.DATA);
    assertThat(between(record(), with(List.of(dataset("charts", "s", 3)))))
        .containsExactly(Mismatch.DATA);
    assertThat(between(record(), with(List.of()))).containsExactly(Mismatch.DATA);
  }

  @Test
  void promptsCaptionsAndFormAreTheProtocol() {
    assertThat(between(record(), with(protocol("e", "p", 1, "chat", "official"))))
        .containsExactly(Mismatch.PROTOCOL);
    assertThat(between(record(), with(protocol("d", "q", 1, "chat", "official"))))
        .containsExactly(Mismatch.PROTOCOL);
    assertThat(between(record(), with(protocol("d", "p", 2, "chat", "official"))))
        .containsExactly(Mismatch.PROTOCOL);
    assertThat(between(record(), with(protocol("d", "p", 1, "raw", "official"))))
        .containsExactly(Mismatch.PROTOCOL);
    assertThat(between(record(), record())).isEmpty();
  }

  @Test
  void theModeStandsForItself() {
    assertThat(between(record(), with(protocol("d", "p", 1, "chat", "strict"))))
        .containsExactly(Mismatch.MODE);
  }

  @Test
  void anotherAnswererOrSamplingIsAMismatch() {
    assertThat(between(plain(), with(served("http://a", "other", 0))))
        .containsExactly(Mismatch.ANSWERER);
    assertThat(between(plain(), with(served("http://a", "llm", 0.5))))
        .containsExactly(Mismatch.ANSWERER);
  }

  @Test
  void anotherNumberOfTimesIsAMismatch() {
    for (TrialCounts asking :
        List.of(
            new TrialCounts(2, 1, List.of()),
            new TrialCounts(1, 2, List.of()),
            new TrialCounts(1, 1, List.of(64)))) {
      RunRecord other = full(LLM, protocol("d", "p", 1, "chat", "official"), asking, DATA);
      assertThat(between(record(), other)).containsExactly(Mismatch.ASKING);
    }
  }

  @Test
  void allOfThemAreToldInOrder() {
    RunRecord other =
        full(
            served("http://a", "other", 0),
            protocol("e", "p", 1, "chat", "strict"),
            new TrialCounts(2, 1, List.of()),
            List.of());
    assertThat(between(record(), other)).containsExactly(Mismatch.values());
  }

  @Test
  void aMismatchIsShownInLowerCase() {
    assertThat(Mismatch.ANSWERER).hasToString("answerer");
  }

  private static List<Mismatch> between(RunRecord a, RunRecord b) {
    return Mismatch.between(a, b);
  }

  private static RunRecord plain() {
    return SmallRuns.record("a", SmallRuns.CAPTIONER, LLM);
  }

  private static RunRecord record() {
    return with(DATA);
  }

  private static RunRecord with(ModelIdentity answerer) {
    return SmallRuns.record("a", SmallRuns.CAPTIONER, answerer);
  }

  private static RunRecord with(RunRecord.Protocol protocol) {
    return full(LLM, protocol, TrialCounts.ONCE, DATA);
  }

  private static RunRecord with(List<RunRecord.Dataset> data) {
    return full(LLM, protocol("d", "p", 1, "chat", "official"), TrialCounts.ONCE, data);
  }

  private static RunRecord full(
      ModelIdentity answerer,
      RunRecord.Protocol protocol,
      TrialCounts asking,
      List<RunRecord.Dataset> data) {
    return SmallRuns.record(
        "a", SmallRuns.CAPTIONER, answerer, protocol, asking, data, SmallRuns.MACHINE);
  }

  private static ModelIdentity served(String address, String model, double temperature) {
    return new ModelIdentity.Served(address, model, null, temperature, 1, null, 32, null);
  }
}
