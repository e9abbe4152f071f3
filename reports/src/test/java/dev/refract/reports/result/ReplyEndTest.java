package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words with which servers say how a reply ended.
class ReplyEndTest {

  @ParameterizedTest
  @CsvSource({
    "stop, COMPLETE",
    "eos_token, COMPLETE",
    "end_turn, COMPLETE",
    "tool_calls, COMPLETE",
    "length, TRUNCATED",
    "max_tokens, TRUNCATED",
    "MAX_TOKENS, TRUNCATED",
    "model_length, TRUNCATED",
    "content_filter, FILTERED",
    "SAFETY, FILTERED",
    "PROHIBITED_CONTENT, FILTERED",
    "refusal, FILTERED",
    "error, FAILED",
    "abort, FAILED",
    "insufficient_system_resource, FAILED"
  })
  void each_word_means_one_of_four_cases(String reason, ReplyEnd end) {
    assertThat(ReplyEnd.of(reason)).isEqualTo(end);
  }

  @Test
  void a_server_that_does_not_say_sent_a_whole_reply() {
    assertThat(ReplyEnd.of(null)).isEqualTo(ReplyEnd.COMPLETE);
  }

  @Test
  void the_counts_are_told_in_words() {
    assertThat(new ReplyEnds(5, 2, 0, 1).words())
        .isEqualTo("5 ended at the token limit, 2 empty, 1 ended inside their thoughts");
    assertThat(ReplyEnds.NONE.words()).isEmpty();
  }
}
