package dev.refract.harness.dispatch;

import dev.refract.harness.caption.Caption;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.llm.Usage;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.RequestTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request that was made: what it gave or why it gave nothing, and how long that took. Exactly
/// one of value and failure is there.
///
/// @param retried why attempts before the last one gave nothing
/// @param startedMillis Unix time in milliseconds
public record TimedCall<T>(
    @Nullable T value,
    @Nullable Failure failure,
    List<Failure> retried,
    long startedMillis,
    double seconds) {

  /// What a captioner or an answerer is asked.
  @FunctionalInterface
  public interface Request<T> {
    T send() throws RequestException, InterruptedException;
  }

  /// @throws StoppedException when nothing is known of it, since the run is stopping
  public static <T> TimedCall<T> of(Request<T> request)
      throws StoppedException, InterruptedException {
    long started = System.currentTimeMillis();
    long clock = System.nanoTime();
    try {
      T value = request.send();
      ChatReply.Sent sent = sent(value);
      return sent == null
          ? new TimedCall<>(value, null, List.of(), started, secondsSince(clock))
          : new TimedCall<>(value, null, List.of(), sent.millis(), sent.seconds());
    } catch (StoppedException e) {
      throw e;
    } catch (RequestException e) {
      return new TimedCall<>(null, e.failure(), e.retried(), started, secondsSince(clock));
    }
  }

  /// What a server's client has timed itself: it knows how long a request waited before.
  private static ChatReply.@Nullable Sent sent(@Nullable Object value) {
    return switch (value) {
      case ChatReply reply -> reply.sent();
      case Caption caption -> caption.sent();
      case null, default -> null;
    };
  }

  /// As it is journalled.
  ///
  /// @param caption fingerprint of the first caption that was answered from; empty for none
  AnswerRecord record(String fingerprint, String dataset, String question, String caption) {
    ChatReply reply = value instanceof ChatReply there ? there : null;
    Usage usage = reply == null ? Usage.UNKNOWN : reply.usage();
    return new AnswerRecord(
        fingerprint,
        dataset,
        question,
        caption,
        reply == null ? null : reply.text(),
        reply == null ? null : reply.finishReason(),
        usage.input(),
        usage.output(),
        usage.tokenizer(),
        failure,
        orNull(reply == null ? retried : reply.retried()),
        time());
  }

  /// As it is journalled.
  public RequestTime time() {
    return new RequestTime(startedMillis, seconds);
  }

  /// A journal says nothing of what mostly is nothing.
  public static @Nullable List<Failure> orNull(List<Failure> failures) {
    return failures.isEmpty() ? null : failures;
  }

  private static double secondsSince(long clock) {
    return (System.nanoTime() - clock) / 1e9;
  }
}
