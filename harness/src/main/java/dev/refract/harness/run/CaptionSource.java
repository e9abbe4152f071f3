package dev.refract.harness.run;

import dev.refract.harness.plan.PlannedCaption;
import dev.refract.reports.result.CaptionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Captions that already exist and need no request.
public interface CaptionSource {

  /// The record of a planned caption as the reusing run journals it.
  Optional<CaptionRecord> find(String dataset, PlannedCaption planned) throws IOException;

  /// Writes the telemetry recorded while these captions were made.
  ///
  /// @return false when there is none; the run then records its own
  default boolean writeTelemetry(Path telemetry) throws IOException {
    return false;
  }
}
