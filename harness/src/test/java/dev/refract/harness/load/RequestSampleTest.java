package dev.refract.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatReply.Latency;
import dev.refract.harness.llm.Usage;
import dev.refract.reports.result.Ending;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The times of one request, by hand, and what is unknown of it.
class RequestSampleTest {

  private static final long MILLI = 1_000_000L;

  private static RequestSample of(@Nullable ChatReply reply) {
    return new RequestSample(100 * MILLI, 130 * MILLI, 600 * MILLI, "", reply, "");
  }

  private static ChatReply reply(
      @Nullable String finishReason, @Nullable Integer tokens, @Nullable Latency latency) {
    Usage usage = new Usage(7, null, tokens, null);
    return new ChatReply("a", Ending.of(finishReason), usage, null, latency, List.of());
  }

  @Test
  void timesCountFromWhenItShouldHaveBeenSent() {
    assertThat(of(null).endToEnd()).isCloseTo(0.5, within(1e-12));
    assertThat(of(null).lag()).isCloseTo(0.03, within(1e-12));
  }

  @Test
  void theFirstTextCountsFromWhenTheAttemptWasSent() {
    Latency latency = new Latency(200 * MILLI, 250 * MILLI, 550 * MILLI, 9);
    assertThat(of(reply("stop", 7, latency)).firstToken()).isCloseTo(0.05, within(1e-12));
    assertThat(of(reply("stop", null, latency)).firstToken()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void eachFurtherTokenTookTheMeanOfTheRest() {
    Latency latency = new Latency(200 * MILLI, 250 * MILLI, 550 * MILLI, 9);
    assertThat(of(reply("stop", 7, latency)).perToken()).isCloseTo(0.05, within(1e-12));
    assertThat(of(reply("stop", 2, latency)).perToken()).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void oneTokenOrNoCountHasNoTimeForEach() {
    Latency latency = new Latency(0, 1, 2, 1);
    assertThat(of(reply("stop", 1, latency)).perToken()).isNaN();
    assertThat(of(reply("stop", 0, latency)).perToken()).isNaN();
    assertThat(of(reply("stop", null, latency)).perToken()).isNaN();
  }

  @Test
  void withoutAReplyOrAStreamNothingIsKnown() {
    for (RequestSample sample : List.of(of(null), of(reply("stop", 7, null)))) {
      assertThat(sample.firstToken()).isNaN();
      assertThat(sample.perToken()).isNaN();
    }
  }

  @Test
  void onlyAReplyThatEndsByItsLengthIsTruncated() {
    assertThat(of(reply("length", 7, null)).isTruncated()).isTrue();
    assertThat(of(reply("stop", 7, null)).isTruncated()).isFalse();
    assertThat(of(reply(null, 7, null)).isTruncated()).isFalse();
    assertThat(of(null).isTruncated()).isFalse();
  }

  @Test
  void goodputIsKeptUpToItsLimits() {
    RequestSample streamed = of(reply("stop", 7, new Latency(0, 50 * MILLI, 60 * MILLI, 2)));
    assertThat(new Goodput(0.05, 0.5).isKept(streamed)).isTrue();
    assertThat(new Goodput(0.049, 0.5).isKept(streamed)).isFalse();
    assertThat(new Goodput(0.05, 0.499).isKept(streamed)).isFalse();
    assertThat(new Goodput(0.001, 0.5).isKept(of(reply("stop", 7, null)))).isTrue();
    assertThat(Goodput.NONE.isKept(streamed)).isTrue();
    assertThat(Goodput.NONE.isAsked()).isFalse();
    assertThat(new Goodput(1, Double.POSITIVE_INFINITY).isAsked()).isTrue();
  }
}
