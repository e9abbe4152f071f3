package dev.refract.reports.html;

import dev.refract.reports.result.Meter;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.telemetry.Hardware;
import org.jspecify.annotations.Nullable;

/// Caption speed of a run and its cost; null where it is unknown.
///
/// @param captions per second, for servers with a cold cache
/// @param warmCaptions per second, for servers with a cache hit rate above one half
/// @param perGpu captions per second and GPU
/// @param tokens output tokens per second, per GPU where the GPUs are known
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
