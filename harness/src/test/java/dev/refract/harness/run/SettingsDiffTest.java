package dev.refract.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.RunRecord.TrialCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The message names only the settings that differ, each with the value of the run on disk.
class SettingsDiffTest {

  private static final ModelIdentity OCR = new ModelIdentity.Ocr("reader 1");
  private static final ModelIdentity EMBEDDED =
      new ModelIdentity.Embedded("llama", "sha", "engine", 0, 1, 1, 9);
  private static final RunRecord.Judge JUDGE =
      new RunRecord.Judge(new ModelIdentity.Imported("judge model"), "judge-1");

  private static RunRecord.Protocol protocol(int version, String form) {
    return new RunRecord.Protocol(
        "tiny", version, "d", "p", 1, form, null, "t", "lenient", null, "official");
  }

  private static List<RunRecord.Dataset> data(String checksum) {
    return List.of(
        new RunRecord.Dataset(
            "charts",
            "Charts",
            "folder",
            null,
            new RunRecord.Terms(null, RunRecord.Display.SHOW),
            null,
            checksum,
            42,
            60,
            "",
            99,
            List.of()));
  }

  private static RunRecord run(
      ModelIdentity captioner,
      ModelIdentity answerer,
      RunRecord.@Nullable Judge judge,
      RunRecord.Protocol protocol,
      TrialCounts asking,
      List<RunRecord.Dataset> data) {
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Names("run", "c", "a"),
        "f",
        RunRecord.State.RUNNING,
        new RunRecord.Models(captioner, answerer, judge),
        protocol,
        asking,
        data,
        new RunRecord.Environment("h", "j", "o", "p", 1, List.of(), null, List.of(), null),
        null,
        "2026-01-01T00:00:00Z",
        null);
  }

  private static RunRecord base() {
    return run(OCR, EMBEDDED, null, protocol(1, "chat"), TrialCounts.ONCE, data("sum1"));
  }

  @Test
  void aCaptionerIsToldAsItWas() {
    RunRecord wanted =
        run(
            new ModelIdentity.Ocr("reader 2"),
            EMBEDDED,
            null,
            protocol(1, "chat"),
            TrialCounts.ONCE,
            data("sum1"));
    assertThat(SettingsDiff.between(base(), wanted))
        .startsWith("captioner")
        .contains("reader 1")
        .doesNotContain("reader 2", "answerer", "judge", ";");
  }

  @Test
  void anAnswererIsToldAsItWas() {
    RunRecord wanted = run(OCR, OCR, null, protocol(1, "chat"), TrialCounts.ONCE, data("sum1"));
    assertThat(SettingsDiff.between(base(), wanted))
        .startsWith("answerer")
        .contains("llama")
        .doesNotContain("captioner", ";");
  }

  @Test
  void anotherAddressOfDeclaredWeightsIsNoDifference() {
    ModelIdentity here = new ModelIdentity.Served("http://a/v1", "m", "sha", 0, 1, null, 9, null);
    ModelIdentity there = new ModelIdentity.Served("http://b/v1", "m", "sha", 0, 1, null, 9, null);
    RunRecord.Protocol protocol = protocol(1, "chat");
    assertThat(
            SettingsDiff.between(
                run(here, here, null, protocol, TrialCounts.ONCE, data("sum1")),
                run(there, there, null, protocol, TrialCounts.ONCE, data("sum1"))))
        .doesNotContain("captioner", "answerer");
  }

  @Test
  void aJudgeThatCameOrWentIsTold() {
    RunRecord judged =
        run(OCR, EMBEDDED, JUDGE, protocol(1, "chat"), TrialCounts.ONCE, data("sum1"));
    assertThat(SettingsDiff.between(base(), judged)).startsWith("judge").contains("none");
    assertThat(SettingsDiff.between(judged, base()))
        .startsWith("judge")
        .contains("judge model", "judge-1");
  }

  @Test
  void theTimesOfAskingAreToldAsTheyWere() {
    RunRecord wanted =
        run(
            OCR,
            EMBEDDED,
            null,
            protocol(1, "chat"),
            new TrialCounts(4, 3, List.of(64)),
            data("sum1"));
    assertThat(SettingsDiff.between(wanted, base()))
        .contains("4 rotations", "3 repeats", "64")
        .doesNotContain("captioner", ";");
    assertThat(SettingsDiff.between(base(), wanted)).contains("1 rotations", "1 repeats", "[]");
  }

  @Test
  void dataAreToldByNameImagesAndChecksum() {
    RunRecord wanted =
        run(OCR, EMBEDDED, null, protocol(1, "chat"), TrialCounts.ONCE, data("sum2"));
    assertThat(SettingsDiff.between(base(), wanted))
        .startsWith("data")
        .contains("charts", "42 images", "sum1")
        .doesNotContain("sum2", ";");
  }

  @Test
  void aProtocolIsToldByNameVersionAndForm() {
    RunRecord wanted = run(OCR, EMBEDDED, null, protocol(2, "raw"), TrialCounts.ONCE, data("sum1"));
    assertThat(SettingsDiff.between(base(), wanted))
        .startsWith("protocol")
        .contains("tiny/1", "chat")
        .doesNotContain("raw", ";");
  }

  @Test
  void severalDifferencesAreToldInOrder() {
    RunRecord wanted =
        run(
            EMBEDDED,
            OCR,
            JUDGE,
            protocol(2, "chat"),
            new TrialCounts(2, 1, List.of()),
            data("sum2"));
    assertThat(SettingsDiff.between(base(), wanted).split("; "))
        .hasSize(6)
        .satisfiesExactly(
            part -> assertThat(part).startsWith("captioner"),
            part -> assertThat(part).startsWith("answerer"),
            part -> assertThat(part).startsWith("judge"),
            part -> assertThat(part).contains("1 rotations"),
            part -> assertThat(part).startsWith("data"),
            part -> assertThat(part).startsWith("protocol"));
  }

  @Test
  void whereNoPartDiffersItIsTheFilesOfAnImportOrElseTheSampling() {
    RunRecord imported =
        run(
            new ModelIdentity.Imported("x"),
            EMBEDDED,
            null,
            protocol(1, "chat"),
            TrialCounts.ONCE,
            data("sum1"));
    assertThat(SettingsDiff.between(imported, imported)).contains("files");
    assertThat(SettingsDiff.between(base(), base())).contains("sampling").doesNotContain("files");
  }
}
