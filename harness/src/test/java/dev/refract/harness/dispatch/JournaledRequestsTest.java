package dev.refract.harness.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.journal.Journal;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.Usage;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Limits;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which requests are made, what the journal holds of them, and who hears of them.
class JournaledRequestsTest {

  private static final String FINGERPRINT = "0f".repeat(32);
  private static final TimedCall.Request<ChatReply> REFUSED =
      () -> {
        throw new RequestException(FailureKind.REFUSED, "no such model");
      };

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Notices notices =
      new Notices(new PrintStream(out, true, StandardCharsets.UTF_8), false);
  private final Progress progress = new Progress(notices, "run", 9);
  private final CancellationToken cancellation = new CancellationToken();
  private Journal<AnswerRecord> journal;
  private JournaledRequests requests;

  @BeforeEach
  void open() throws IOException {
    journal = Journal.open(folder.resolve("answers.jsonl"), AnswerRecord.class);
    requests = new JournaledRequests(journal, progress, watch(cancellation));
  }

  private StageWatch watch(CancellationToken token) {
    return new StageWatch(
        new CircuitBreaker(token, "answerer"), notices, ModelServer.NONE, "answerer", null);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private String printed() {
    progress.close();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aReplyIsJournalledUnderItsFingerprint() throws Exception {
    ChatReply reply =
        new ChatReply(
            "B",
            Ending.of("stop"),
            new Usage(7, 5, 2, "t"),
            new ChatReply.Sent(1234, 0.5),
            null,
            List.of());
    requests.ask(FINGERPRINT, "chartqa", "q1", "c1", () -> reply);
    AnswerRecord record = journal.success(FINGERPRINT).orElseThrow();
    assertThat(record)
        .extracting(
            AnswerRecord::fingerprint,
            AnswerRecord::dataset,
            AnswerRecord::questionId,
            AnswerRecord::captionFingerprint,
            AnswerRecord::reply,
            answer -> answer.ending().finishReason(),
            AnswerRecord::inputTokens,
            AnswerRecord::outputTokens,
            AnswerRecord::tokenizer,
            AnswerRecord::failure,
            AnswerRecord::retried)
        .containsExactly(FINGERPRINT, "chartqa", "q1", "c1", "B", "stop", 7, 2, "t", null, null);
    assertThat(printed()).contains("1 answers, 1 asked now, 0 failed");
  }

  @Test
  void whatTheJournalHoldsIsNotAskedAgain() throws Exception {
    journal.append(AnswerRecord.ofText(FINGERPRINT, "chartqa", "q1", "", "B"));
    AtomicInteger asked = new AtomicInteger();
    requests.ask(
        FINGERPRINT,
        "chartqa",
        "q1",
        "",
        () -> {
          asked.incrementAndGet();
          return ChatReply.of("C");
        });
    assertThat(asked).hasValue(0);
    assertThat(journal.success(FINGERPRINT).orElseThrow().reply()).isEqualTo("B");
    assertThat(printed()).contains("1 answers, 0 asked now, 0 failed");
  }

  @Test
  void aFailureIsJournalledCountedAndAskedAgain() throws Exception {
    requests.ask(FINGERPRINT, "chartqa", "q1", "", REFUSED);
    assertThat(journal.has(FINGERPRINT)).isFalse();
    assertThat(journal.last(FINGERPRINT).orElseThrow().failure())
        .isEqualTo(new Failure(FailureKind.REFUSED, "no such model"));
    requests.ask(FINGERPRINT, "chartqa", "q1", "", () -> ChatReply.of("B"));
    assertThat(journal.success(FINGERPRINT).orElseThrow().reply()).isEqualTo("B");
    assertThat(printed()).contains("2 answers, 2 asked now, 1 failed");
  }

  @Test
  void theBreakerHearsOfEveryFailure() throws Exception {
    for (int i = 0; i < 15; i++) {
      requests.ask(FINGERPRINT, "chartqa", "q1", "", REFUSED);
    }
    assertThat(cancellation.isCancelled()).isFalse();
    requests.ask(FINGERPRINT, "chartqa", "q1", "", REFUSED);
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void theBreakerHearsOfAReplyThatWasAskedForAndOfNoneThatWasFound() throws Exception {
    journal.append(AnswerRecord.ofText("ab".repeat(32), "chartqa", "q0", "", "B"));
    requests.ask("ab".repeat(32), "chartqa", "q0", "", REFUSED);
    for (int i = 0; i < 16; i++) {
      requests.ask(FINGERPRINT, "chartqa", "q1", "", REFUSED);
    }
    assertThat(cancellation.isCancelled()).isTrue();

    CancellationToken other = new CancellationToken();
    JournaledRequests heard = new JournaledRequests(journal, progress, watch(other));
    heard.ask("cd".repeat(32), "chartqa", "q2", "", () -> ChatReply.of("B"));
    for (int i = 0; i < 16; i++) {
      heard.ask(FINGERPRINT, "chartqa", "q1", "", REFUSED);
    }
    assertThat(other.isCancelled()).isFalse();
  }

  @Test
  void ofARequestThatWasStoppedNothingIsKept() throws Exception {
    CancellationToken stopped = new CancellationToken();
    stopped.cancel(new CancellationToken.Reason(true, "Ctrl-C"));
    Duration second = Duration.ofSeconds(1);
    ChatClient client =
        new ChatClient(
            new Endpoint("http://127.0.0.1:1/v1", "m", null),
            new ChatClient.ClientOptions(
                RetryPolicy.NONE,
                ConcurrencyLimit.fixed(1),
                Pace.unlimited(),
                Limits.NONE,
                new Timeouts(second, second, second, second),
                Budget.NONE,
                false,
                Notices.none()),
            stopped);
    requests.ask(
        FINGERPRINT,
        "chartqa",
        "q1",
        "",
        () -> client.send(ChatRequest.of(null, "Why?", new Sampling(0, 1, 1, 9))));
    assertThat(journal.size()).isZero();
    assertThat(printed()).contains("0 answers, 0 asked now, 0 failed");
  }

  @Test
  void anInterruptIsNoFailure() {
    assertThatThrownBy(() ->
            requests.ask(
                FINGERPRINT,
                "chartqa",
                "q1",
                "",
                () -> {
                  throw new InterruptedException();
                }))
        .isInstanceOf(InterruptedException.class);
    assertThat(journal.size()).isZero();
  }
}
