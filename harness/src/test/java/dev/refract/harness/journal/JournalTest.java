package dev.refract.harness.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.RequestTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void place() {
    file = folder.resolve("answers.jsonl");
  }

  @Test
  void appendedRecordsArePresentAfterReopening() throws IOException {
    try (Journal<AnswerRecord> journal = open()) {
      journal.append(answer("a", "one\ntwo \u2028 \"three\""));
    }
    try (Journal<AnswerRecord> journal = open()) {
      assertThat(journal.success("a"))
          .map(AnswerRecord::reply)
          .contains("one\ntwo \u2028 \"three\"");
      assertThat(journal.success("b")).isEmpty();
    }
  }

  @Test
  void aTornTailIsRemovedAndTheRestStays() throws IOException {
    try (Journal<AnswerRecord> journal = open()) {
      journal.append(answer("a", "1"));
      journal.append(answer("b", "2"));
    }
    String whole = Files.readString(file);
    int second = whole.indexOf('\n') + 1;
    for (int cut = second; cut < whole.length(); cut++) {
      Files.writeString(file, whole.substring(0, cut));
      try (Journal<AnswerRecord> journal = open()) {
        assertThat(journal.success("a")).isPresent();
        assertThat(journal.success("b")).isEmpty();
        journal.append(answer("b", "again"));
      }
      try (Journal<AnswerRecord> journal = open()) {
        assertThat(journal.success("b")).map(AnswerRecord::reply).contains("again");
      }
    }
  }

  @Test
  void otherDamageIsAnErrorThatNamesTheLine() throws IOException {
    try (Journal<AnswerRecord> journal = open()) {
      journal.append(answer("a", "1"));
    }
    Files.writeString(file, "rubbish\n", StandardOpenOption.APPEND);
    Files.writeString(file, "{}\n", StandardOpenOption.APPEND);
    assertThatThrownBy(this::open)
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("answers.jsonl:2");
  }

  @Test
  void aFailureCountsAsMissingUntilASuccessIsAppended() throws IOException {
    try (Journal<AnswerRecord> journal = open()) {
      journal.append(failed("a"));
      assertThat(journal.success("a")).isEmpty();
      assertThat(journal.last("a")).isPresent();
      journal.append(answer("a", "now"));
      assertThat(journal.success("a")).isPresent();
    }
  }

  private Journal<AnswerRecord> open() throws IOException {
    return Journal.open(file, AnswerRecord.class);
  }

  private static AnswerRecord answer(String fingerprint, String reply) {
    return record(fingerprint, reply, null);
  }

  private static AnswerRecord failed(String fingerprint) {
    return record(fingerprint, null, new Failure(FailureKind.TIMEOUT, "no answer"));
  }

  private static AnswerRecord record(
      String fingerprint, @Nullable String reply, @Nullable Failure failure) {
    return new AnswerRecord(
        fingerprint,
        "d",
        "q",
        "c",
        reply,
        Ending.UNKNOWN,
        null,
        null,
        null,
        failure,
        null,
        new RequestTime(1, 0.5));
  }
}
