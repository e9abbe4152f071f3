package dev.refract.harness.run;

import dev.refract.harness.caption.Caption;
import dev.refract.harness.dispatch.TimedCall;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.plan.PlannedCaption;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The captions produced by a load test of the captioner's server, so that the timed replies are
/// the ones scored.
///
/// @param replies by the image's digest
/// @param telemetry hardware and server telemetry recorded during the load test
public record LoadTestCaptions(Map<String, ChatReply> replies, List<TelemetryRecord> telemetry)
    implements CaptionSource {

  @Override
  public Optional<CaptionRecord> find(String dataset, PlannedCaption planned) {
    ChatReply reply = replies.get(planned.shown().identity());
    return reply == null || planned.sample() != 0
        ? Optional.empty()
        : Optional.of(CaptionStage.record(dataset, planned, null, succeeded(reply)));
  }

  private static TimedCall<Caption> succeeded(ChatReply reply) {
    try {
      return TimedCall.of(() -> Caption.of(reply));
    } catch (StoppedException | InterruptedException e) {
      throw new IllegalStateException("a completed reply sends no request", e);
    }
  }

  @Override
  public boolean writeTelemetry(Path file) throws IOException {
    JsonLines.replace(file, telemetry);
    return true;
  }
}
