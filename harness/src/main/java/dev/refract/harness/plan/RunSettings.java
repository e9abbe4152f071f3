package dev.refract.harness.plan;

import dev.refract.harness.answer.JudgePrompt;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.manifest.Protocol;
import dev.refract.reports.result.RunRecord;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Settings shared by all runs of one command.
///
/// @param counts how often each question is asked
/// @param judge of free answers, or null
/// @param command the command line as given, for the run's record
public record RunSettings(
    Protocol protocol,
    RunRecord.TrialCounts counts,
    @Nullable TextAnswerer judge,
    @Nullable String command) {

  /// Digest of the protocol: a change of a prompt, the sampling or the parser changes it, even if
  /// the protocol's id stays the same.
  private String digest() {
    return Fingerprint.of(
        "protocol",
        Map.of(
            "id", protocol.id(),
            "version", protocol.version(),
            "caption", protocol.caption(),
            "answer", protocol.answer(),
            "parser", protocol.score().parser(),
            "metric", String.valueOf(protocol.score().metric())));
  }

  public RunRecord.@Nullable Judge judgeIdentity() {
    return judge == null ? null : JudgePrompt.identity(judge);
  }

  public RunRecord.Protocol record(PromptBuilder.Form form) {
    return new RunRecord.Protocol(
        protocol.id(),
        protocol.version(),
        digest(),
        protocol.caption().prompt(),
        protocol.caption().samples(),
        form == PromptBuilder.Form.RAW ? "raw" : "chat",
        protocol.answer().system(),
        protocol.answer().template(),
        protocol.score().parser().name().toLowerCase(Locale.ROOT),
        protocol.score().metric() == null ? null : protocol.score().metric().toString(),
        protocol.score().mode().toString());
  }
}
