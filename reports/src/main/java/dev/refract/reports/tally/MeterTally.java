package dev.refract.reports.tally;

import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.Meter.Latency;
import dev.refract.reports.result.ReplyEnd;
import dev.refract.reports.result.ReplyEnds;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.TokenCounts;
import dev.refract.reports.stats.Percentiles;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Measures the requests of a stage, one at a time. Requests that another run made are left out.
public final class MeterTally {

  private static final double FULL_SHARE = 0.9;

  private final Spans spans = new Spans();
  private final EndTally ends = new EndTally();
  private double[] seconds = new double[16];
  private int failed;
  private int truncated;
  private int retried;
  private final Counter input = new Counter();
  private final Counter image = new Counter();
  private final Counter output = new Counter();
  private @Nullable String tokenizer;

  /// The tokens of one kind, and the number of replies with a known count.
  private static final class Counter {

    private int replies;
    private long tokens;

    void add(@Nullable Integer reported) {
      if (reported != null) {
        replies++;
        tokens += reported;
      }
    }

    /// Tokens per second; null where the count of a reply is unknown.
    @Nullable Double perSecond(int completed, double seconds) {
      return replies == completed ? Double.valueOf(tokens / seconds) : null;
    }
  }

  public void add(CaptionRecord caption) {
    add(
        caption.failure() != null,
        caption.isTruncated(),
        caption.retried(),
        caption.time(),
        caption.tokens());
  }

  public void add(AnswerRecord answer) {
    String reply = answer.reply();
    if (reply != null) {
      Thoughts in = Thoughts.of(reply);
      ends.add(in.said(), answer.ending(), in.exist() || answer.ending().thoughts() != null);
    }
    add(
        answer.failure() != null,
        answer.ending().end() == ReplyEnd.TRUNCATED,
        answer.retried(),
        answer.time(),
        new TokenCounts(answer.inputTokens(), null, answer.outputTokens(), answer.tokenizer()));
  }

  private void add(
      boolean isFailure,
      boolean isTruncated,
      @Nullable List<Failure> before,
      RequestTime time,
      TokenCounts tokens) {
    if (time.startedMillis() <= 0) {
      return;
    }
    retried += before == null ? 0 : before.size();
    if (isFailure) {
      failed++;
      return;
    }
    truncated += isTruncated ? 1 : 0;
    input.add(tokens.inputTokens());
    image.add(tokens.imageTokens());
    output.add(tokens.outputTokens());
    tokenizer = tokens.tokenizer() == null ? tokenizer : tokens.tokenizer();
    int n = spans.size();
    seconds = n == seconds.length ? Arrays.copyOf(seconds, 2 * n) : seconds;
    seconds[n] = time.seconds();
    spans.add(time.startedMillis(), time.seconds());
  }

  /// How the answers ended, with those that another run asked for.
  ReplyEnds ends() {
    return ends.ends();
  }

  /// When requests were in flight.
  Spans spans() {
    return spans;
  }

  /// The figures; null where nothing was timed.
  public @Nullable Meter meter() {
    int completed = spans.size();
    double window = spans.seconds();
    if (completed == 0 || window <= 0) {
      return null;
    }
    Percentiles latency = new Percentiles(Arrays.copyOf(seconds, completed));
    int most = spans.most();
    return new Meter(
        completed,
        failed,
        truncated,
        retried,
        window,
        completed / window,
        new Meter.TokenRates(
            input.perSecond(completed, window),
            image.perSecond(completed, window),
            output.perSecond(completed, window),
            tokenizer),
        latency.mean() * completed / window,
        most,
        spans.secondsWith((int) Math.ceil(FULL_SHARE * most)) / window,
        new Latency(
            latency.mean(),
            latency.orNull(0.5),
            latency.orNull(0.9),
            latency.orNull(0.95),
            latency.orNull(0.99)));
  }
}
