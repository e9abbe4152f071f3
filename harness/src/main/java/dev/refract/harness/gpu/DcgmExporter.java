package dev.refract.harness.gpu;

import dev.refract.harness.net.Access;
import dev.refract.harness.net.ServerProbe;
import dev.refract.reports.telemetry.GpuTelemetry;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// NVIDIA's DCGM exporter on the machine of a remote model server; it reports all GPUs there.
///
/// @param url of its metrics page
/// @param host used in the names of its GPUs
/// @param known identities of GPUs that another source reports, which are left out
public record DcgmExporter(String url, String host, Access access, Set<String> known) {

  private static final int PORT = 9400;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
  private static final int MIB = 1 << 20;
  private static final double MILLI = 1e3;

  /// The exporter on a server's machine, at the default port; empty if it does not answer.
  public static Optional<DcgmExporter> beside(String baseUrl, Access access, Set<String> known)
      throws InterruptedException {
    Optional<DcgmExporter> usual = usual(baseUrl, access, known);
    return usual.isEmpty() || usual.get().read().isEmpty() ? Optional.empty() : usual;
  }

  /// The number of GPUs that the exporter on a server's machine reports now; 0 without an exporter.
  public static int gpusBeside(String baseUrl, Access access) throws InterruptedException {
    Optional<DcgmExporter> usual = usual(baseUrl, access, Set.of());
    return usual.isEmpty() ? 0 : usual.get().read().size();
  }

  private static Optional<DcgmExporter> usual(String baseUrl, Access access, Set<String> known) {
    return Optional.ofNullable(URI.create(baseUrl).getHost())
        .map(host ->
            new DcgmExporter(
                "http://%s:%d/metrics".formatted(host, PORT), host, access.anonymous(), known));
  }

  /// One record per GPU; none if no exporter answers at the address.
  List<TelemetryRecord> read() throws InterruptedException {
    ServerProbe.Page page = ServerProbe.get(url, access, REQUEST_TIMEOUT);
    return page.isThere() ? parse(System.currentTimeMillis(), page.text()) : List.of();
  }

  List<TelemetryRecord> parse(long millis, String text) {
    Map<String, Map<String, Double>> byGpu = new LinkedHashMap<>();
    for (Prometheus value : Prometheus.parse(text)) {
      String index = value.labels().get("gpu");
      boolean counts = value.name().startsWith("DCGM_FI_") && index != null;
      // A MIG instance repeats the power and energy of its GPU.
      if (counts
          && !value.labels().containsKey("GPU_I_ID")
          && !known.contains(value.labels().getOrDefault("UUID", ""))) {
        byGpu
            .computeIfAbsent(index, _ -> new LinkedHashMap<>())
            .put(value.name().substring("DCGM_FI_".length()), value.value());
      }
    }
    List<TelemetryRecord> records = new ArrayList<>();
    byGpu.forEach((index, values) ->
        records.add(
            TelemetryRecord.gpu(
                millis,
                index + " of " + host,
                new GpuTelemetry(
                    scaled(values.get("DEV_GPU_UTIL"), 0.01),
                    rounded(scaled(values.get("DEV_FB_USED"), MIB)),
                    values.get("DEV_POWER_USAGE"),
                    scaled(values.get("DEV_TOTAL_ENERGY_CONSUMPTION"), 1 / MILLI),
                    integer(values.get("DEV_SM_CLOCK")),
                    rounded(values.get("DEV_CLOCKS_EVENT_REASONS")),
                    integer(values.get("DEV_GPU_TEMP"))))));
    return records;
  }

  private static @Nullable Double scaled(@Nullable Double value, double scale) {
    return value == null ? null : Double.valueOf(value * scale);
  }

  private static @Nullable Long rounded(@Nullable Double value) {
    return value == null ? null : Long.valueOf(Math.round(value));
  }

  private static @Nullable Integer integer(@Nullable Double value) {
    return value == null ? null : Integer.valueOf((int) Math.round(value));
  }
}
