package dev.refract.reports.compare;

import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunFormatException;
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

  /// @throws RunFormatException when the run is damaged or has not finished
  public static RunData read(RunFile file) {
    RunRecord record = file.record();
    if (record.state() != RunRecord.State.FINISHED) {
      throw new RunFormatException(
          file.folder(), "the run has not finished; repeat its command to resume it");
    }
    return new RunData(record, file.summary(), file.items(), file.captions(), file.digest());
  }

  public String name() {
    return record.name();
  }
}
