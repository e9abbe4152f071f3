package dev.refract.harness.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.Notices;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.RequestTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a user learns about a model while a run goes on: each fact once.
class StageWatchTest {

  private final CancellationToken cancellation = new CancellationToken();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final StageWatch watch =
      new StageWatch(
          new CircuitBreaker(cancellation, "answerer"),
          new Notices(new PrintStream(said, true, StandardCharsets.UTF_8), false),
          ModelServer.NONE,
          "answerer",
          64);

  private void answer(String reply, @Nullable String reason, @Nullable String thoughts) {
    watch.record(
        new AnswerRecord(
            "f",
            "d",
            "q",
            "c",
            reply,
            new Ending(reason, thoughts),
            null,
            null,
            null,
            null,
            null,
            RequestTime.NONE));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void an_ordinary_reply_is_not_worth_a_word() {
    answer("blue", "stop", null);
    assertThat(said()).isEmpty();
  }

  @Test
  void thoughts_are_told_once_with_the_limit_and_how_to_turn_them_off() {
    answer("<think>hm</think>blue", "stop", null);
    answer("blue", "stop", "hm");
    assertThat(said().lines())
        .singleElement()
        .asString()
        .contains("answerer thinks", "max_tokens (64)", "turn thinking off");
  }

  @Test
  void a_reply_at_the_limit_and_a_filtered_one_are_told_once_each() {
    for (int i = 0; i < 3; i++) {
      answer("blu", "length", null);
      answer("", "content_filter", null);
    }
    assertThat(said().lines()).hasSize(2);
    assertThat(said()).contains("ended at its token limit (64)", "filtered or refused");
  }

  @Test
  void eight_replies_without_anything_but_thoughts_stop_the_run() {
    for (int i = 0; i < 4; i++) {
      answer("<think>hm", "length", null);
      answer("", "length", "hm");
    }
    assertThat(String.valueOf(cancellation.reason())).contains("max_tokens");
  }
}
