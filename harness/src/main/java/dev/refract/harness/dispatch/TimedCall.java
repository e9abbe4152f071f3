package dev.refract.harness.dispatch;

import dev.refract.harness.caption.Caption;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.llm.Usage;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.RequestTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of a request and how long it took. Exactly one of value and failure is non-null.
///
/// @param retried why the attempts before the last one failed
/// @param startedMillis Unix time in milliseconds
public record TimedCall<T>(
    @Nullable T value,
    @Nullable Failure failure,
    List<Failure> retried,
    long startedMillis,
    double seconds) {

  /// A request to a captioner or an answerer.
  @FunctionalInterface
  public interface Request<T> {
    T send() throws RequestException, InterruptedException;
  }

  /// @throws StoppedException when the request has no outcome because the run is stopping
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

  /// The client's own timing, which excludes the time a request waited before it was sent; or null.
  private static ChatReply.@Nullable Sent sent(@Nullable Object value) {
    return switch (value) {
      case ChatReply reply -> reply.sent();
      case Caption caption -> caption.sent();
      case null, default -> null;
    };
  }

  /// The journal record of this answer.
  ///
  /// @param caption fingerprint of the first caption used for the answer; empty for none
  AnswerRecord record(String fingerprint, String dataset, String question, String caption) {
    ChatReply reply = value instanceof ChatReply there ? there : null;
    Usage usage = reply == null ? Usage.UNKNOWN : reply.usage();
    return new AnswerRecord(
        fingerprint,
        dataset,
        question,
        caption,
        reply == null ? null : reply.text(),
        reply == null ? Ending.UNKNOWN : reply.ending(),
        usage.input(),
        usage.output(),
        usage.tokenizer(),
        failure,
        orNull(reply == null ? retried : reply.retried()),
        time());
  }

  /// The timing as journalled.
  public RequestTime time() {
    return new RequestTime(startedMillis, seconds);
  }

  /// Null for an empty list, which the journal omits.
  public static @Nullable List<Failure> orNull(List<Failure> failures) {
    return failures.isEmpty() ? null : failures;
  }

  private static double secondsSince(long clock) {
    return (System.nanoTime() - clock) / 1e9;
  }
}
