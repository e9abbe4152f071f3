package dev.refract.reports.tally;

import dev.refract.reports.telemetry.Hardware;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Sums up telemetry, one line at a time. Counters are summed from one line to the next, so that a
/// restart of a server or driver and the time between two sessions of a run add nothing.
public final class HardwareTally {

  /// Lines of one source that are further apart belong to different sessions. Servers get a longer
  /// limit, because a busy server replies late.
  private static final long MAX_GAP_MILLIS = 5_000;

  private static final long MAX_SERVER_GAP_MILLIS = 60_000;

  /// Bits of `nvmlClocksEventReasons` which mean that a GPU was throttled.
  private static final Map<Long, String> REASONS = reasons();

  private final Map<String, TelemetryRecord> last = new LinkedHashMap<>();
  private final Map<String, Gpu> gpus = new LinkedHashMap<>();
  private double cpu;
  private int clients;
  private double input;
  private double output;
  private double queries;
  private double hits;
  private boolean inputCounted;
  private boolean outputCounted;
  private boolean cached;
  private long bits;

  /// One GPU.
  private static final class Gpu {
    private double counter;
    private double integrated;
    private double watts;
    private int powered;
    private double utilization;
    private int utilized;
    private boolean hasCounter;
  }

  private static Map<Long, String> reasons() {
    Map<Long, String> reasons = new LinkedHashMap<>();
    reasons.put(0x2L, "application clocks");
    reasons.put(0x4L, "power cap");
    reasons.put(0x8L, "hardware slowdown");
    reasons.put(0x20L, "software thermal slowdown");
    reasons.put(0x40L, "hardware thermal slowdown");
    reasons.put(0x80L, "hardware power brake");
    return reasons;
  }

  public void add(TelemetryRecord now) {
    TelemetryRecord before = last.put(now.source(), now);
    long gap = now.isOfGpu() ? MAX_GAP_MILLIS : MAX_SERVER_GAP_MILLIS;
    boolean follows = before != null && now.millis() - before.millis() <= gap;
    if (now.isOfGpu()) {
      gpu(follows ? before : null, now);
    } else if (now.source().equals(TelemetryRecord.CLIENT)) {
      if (now.cpu() != null) {
        cpu += now.cpu();
        clients++;
      }
    } else if (follows && before != null) {
      input += grown(before.server().inputTokens(), now.server().inputTokens());
      output += grown(before.server().outputTokens(), now.server().outputTokens());
      inputCounted |= both(before.server().inputTokens(), now.server().inputTokens());
      outputCounted |= both(before.server().outputTokens(), now.server().outputTokens());
      queries += grown(before.server().cacheQueries(), now.server().cacheQueries());
      hits += grown(before.server().cacheHits(), now.server().cacheHits());
      cached |=
          both(before.server().cacheQueries(), now.server().cacheQueries())
              && both(before.server().cacheHits(), now.server().cacheHits());
    }
  }

  private void gpu(@Nullable TelemetryRecord before, TelemetryRecord now) {
    Gpu gpu = gpus.computeIfAbsent(now.source(), _ -> new Gpu());
    Double watts = now.gpu().watts();
    if (watts != null) {
      gpu.watts += watts;
      gpu.powered++;
    }
    if (now.gpu().utilization() != null) {
      gpu.utilization += now.gpu().utilization();
      gpu.utilized++;
    }
    bits |= now.gpu().clockReasons() == null ? 0 : now.gpu().clockReasons();
    if (before != null) {
      gpu.hasCounter |= before.gpu().joules() != null && now.gpu().joules() != null;
      gpu.counter += grown(before.gpu().joules(), now.gpu().joules());
      Double earlier = before.gpu().watts();
      if (watts != null && earlier != null) {
        gpu.integrated += (watts + earlier) / 2 * (now.millis() - before.millis()) / 1000;
      }
    }
  }

  private static boolean both(@Nullable Double before, @Nullable Double now) {
    return before != null && now != null;
  }

  /// The growth of a counter; a counter that fell was reset.
  private static double grown(@Nullable Double before, @Nullable Double now) {
    if (before == null || now == null) {
      return 0;
    }
    return now >= before ? now - before : now;
  }

  /// @param captions number of captions made during the telemetry
  /// @return null where there is no telemetry
  public @Nullable Hardware hardware(int captions) {
    if (last.isEmpty()) {
      return null;
    }
    List<String> reasons = new ArrayList<>();
    REASONS.forEach((bit, words) -> {
      if ((bits & bit) != 0) {
        reasons.add(words);
      }
    });
    boolean counters = !gpus.isEmpty() && gpus.values().stream().allMatch(gpu -> gpu.hasCounter);
    boolean power = !gpus.isEmpty() && gpus.values().stream().allMatch(gpu -> gpu.powered > 1);
    Double joules = counters ? sum(gpu -> gpu.counter) : null;
    Double integrated = power ? sum(gpu -> gpu.integrated) : null;
    Double spent = joules != null ? joules : integrated;
    boolean utilized = !gpus.isEmpty() && gpus.values().stream().allMatch(gpu -> gpu.utilized > 0);
    return new Hardware(
        clients == 0 ? null : Double.valueOf(cpu / clients),
        gpus.size(),
        joules,
        integrated,
        spent == null || captions == 0 ? null : Double.valueOf(spent / captions),
        power ? sum(gpu -> gpu.watts / gpu.powered) : null,
        utilized ? Double.valueOf(sum(gpu -> gpu.utilization / gpu.utilized) / gpus.size()) : null,
        reasons,
        inputCounted ? Double.valueOf(input) : null,
        outputCounted ? Double.valueOf(output) : null,
        cached && queries > 0 ? Double.valueOf(hits / queries) : null);
  }

  private Double sum(ToDoubleFunction<Gpu> value) {
    return gpus.values().stream().mapToDouble(value).sum();
  }
}
