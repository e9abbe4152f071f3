package dev.refract.harness.run;

import dev.refract.harness.plan.PlannedCaption;
import dev.refract.reports.result.CaptionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Captions that need not be asked for, since they are there.
public sealed interface CaptionSource permits CaptionCache, LoadTestCaptions {

  /// As the run that takes it over writes it down.
  Optional<CaptionRecord> find(String dataset, PlannedCaption planned) throws IOException;

  /// Writes what machines told while these captions were made.
  ///
  /// @return false where nobody listened: then the run listens itself
  default boolean writeTelemetry(Path telemetry) throws IOException {
    return false;
  }
}
