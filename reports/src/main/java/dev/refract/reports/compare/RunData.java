package dev.refract.reports.compare;

import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.util.List;
import java.util.Map;

/// A finished run with all data that a comparison needs.
///
/// @param digest of its results
public record RunData(
    RunRecord record,
    Summary summary,
    List<ItemResult> items,
    Map<String, CaptionRecord> captions,
    String digest) {

  /// @param file a finished run
  public static RunData read(RunFile file) {
    return new RunData(file.record(), file.summary(), file.items(), file.captions(), file.digest());
  }

  public String name() {
    return record.name();
  }
}
