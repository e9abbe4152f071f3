package dev.refract.harness.dispatch;

import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.Notices;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.ReplyEnd;
import org.jspecify.annotations.Nullable;

/// Looks at every outcome of a stage: stops the run when all of them fail alike, and says once what
/// a user should know about the model before the run ends.
///
/// @param who name of the model's role, such as `captioner`
/// @param tokens maximum number of tokens in a reply, or null
public record StageWatch(
    CircuitBreaker breaker,
    Notices notices,
    ModelServer server,
    String who,
    @Nullable Integer tokens) {

  public static StageWatch of(
      RunContext context, String who, ModelServer server, ModelIdentity identity) {
    return new StageWatch(
        new CircuitBreaker(context.cancellation(), who),
        context.notices(),
        server,
        who,
        identity instanceof ModelIdentity.Served served
            ? Integer.valueOf(served.maxTokens())
            : null);
  }

  public void record(CaptionRecord caption) {
    record(
        caption.failure(), caption.text(), caption.ending(), caption.ending().thoughts() != null);
  }

  public void record(AnswerRecord answer) {
    String reply = answer.reply();
    Thoughts in = Thoughts.of(reply == null ? "" : reply);
    record(
        answer.failure(),
        in.said(),
        answer.ending(),
        in.exist() || answer.ending().thoughts() != null);
  }

  private void record(
      @Nullable Failure failure, @Nullable String said, Ending ending, boolean thinks) {
    boolean unfinished = failure == null && thinks && (said == null || said.isBlank());
    if (thinks) {
      notices.sayOnce("thoughts of " + who, "Note: " + thinking());
    }
    if (failure == null && ending.end() == ReplyEnd.TRUNCATED) {
      notices.sayOnce(
          "truncated " + who,
          "Note: a reply of the %s ended at its token limit%s; the table counts such replies"
              .formatted(who, limit()));
    } else if (failure == null && ending.end() == ReplyEnd.FILTERED) {
      notices.sayOnce(
          "filtered " + who,
          "Note: a reply of the %s was filtered or refused (finish_reason %s); the table counts such replies"
              .formatted(who, ending.finishReason()));
    }
    if (unfinished) {
      breaker.recordUnfinished(thinking());
    } else {
      breaker.record(failure);
    }
  }

  private String thinking() {
    return "the %s thinks before it answers, and its thoughts count against max_tokens%s: raise max_tokens, or turn thinking off with %s"
        .formatted(who, limit(), server.live().thinkingAdvice());
  }

  private String limit() {
    return tokens == null ? "" : " (%d)".formatted(tokens);
  }
}
