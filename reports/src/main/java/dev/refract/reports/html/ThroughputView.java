package dev.refract.reports.html;

import dev.refract.reports.result.Hardware;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import org.jspecify.annotations.Nullable;

/// How fast a run captioned and at what cost; null where it is not known.
///
/// @param captions per second, of servers with a cold cache
/// @param warmCaptions per second, where more than half of the lookups were in the cache
/// @param perGpu captions per second and GPU
/// @param tokens of output per second and GPU, where GPUs are known, else of the whole server
/// @param joules per caption
public record ThroughputView(
    @Nullable Double captions,
    @Nullable Double warmCaptions,
    @Nullable Double perGpu,
    @Nullable Double tokens,
    @Nullable Double joules) {

  private static final double WARM_SHARE = 0.5;
  private static final ThroughputView NONE = new ThroughputView(null, null, null, null, null);

  static ThroughputView of(RunRecord record, Summary.Timing timing) {
    double rate = timing.captionsPerSecond();
    if (record.isControl() || rate == 0) {
      return NONE;
    }
    Hardware hardware = timing.hardware();
    Meter meter = timing.captioning();
    int gpus = hardware == null ? 0 : hardware.gpus();
    Double hits = hardware == null ? null : hardware.cacheHits();
    boolean warm = hits != null && hits > WARM_SHARE;
    Double tokens = meter == null ? null : meter.tokens().outputTokensPerSecond();
    return new ThroughputView(
        warm ? null : Double.valueOf(rate),
        warm ? Double.valueOf(rate) : null,
        gpus == 0 ? null : Double.valueOf(rate / gpus),
        tokens == null ? null : Double.valueOf(tokens / Math.max(1, gpus)),
        hardware == null ? null : hardware.joulesPerCaption());
  }
}
