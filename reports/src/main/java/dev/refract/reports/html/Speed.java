package dev.refract.reports.html;

import dev.refract.reports.result.Hardware;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;

/// How fast and at what cost; a dash where nobody told.
///
/// @param captions a second, of servers whose cache was cold; likewise `warmCaptions` where more
///   than half of what was looked up was in the cache
/// @param perGpu captions a second and GPU
/// @param tokens of output a second and GPU, where GPUs are known, else of the whole server
/// @param joules a caption
public record Speed(
    String captions, String warmCaptions, String perGpu, String tokens, String joules) {

  private static final double WARM = 0.5;
  private static final Speed NONE = new Speed("–", "–", "–", "–", "–");

  static Speed of(RunRecord record, Summary.Timing timing) {
    double rate = timing.captionsPerSecond();
    if (record.isControl() || rate == 0) {
      return NONE;
    }
    Hardware hardware = timing.hardware();
    Meter meter = timing.captioning();
    int gpus = hardware == null ? 0 : hardware.gpus();
    Double hits = hardware == null ? null : hardware.cacheHits();
    boolean warm = hits != null && hits > WARM;
    Double tokens = meter == null ? null : meter.outputTokensPerSecond();
    Double joules = hardware == null ? null : hardware.joulesPerCaption();
    return new Speed(
        warm ? "–" : Figures.decimal(rate),
        warm ? Figures.decimal(rate) : "–",
        gpus == 0 ? "–" : Figures.decimal(rate / gpus),
        tokens == null ? "–" : Figures.decimal(tokens / Math.max(1, gpus)),
        joules == null ? "–" : Figures.decimal(joules));
  }
}
