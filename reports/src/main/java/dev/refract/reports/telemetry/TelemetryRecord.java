package dev.refract.reports.telemetry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// One reading of the client, a GPU or a server during the caption stage: a line of
/// `telemetry.jsonl`.
///
/// @param millis Unix time in milliseconds
/// @param source `client`, `gpu 0`, `gpu 0 of gpu1` or a server's address
/// @param cpu share of this machine's processors that the client used since its previous line
public record TelemetryRecord(
    long millis,
    String source,
    @Nullable Double cpu,
    @JsonUnwrapped GpuTelemetry gpu,
    @JsonUnwrapped ServerTelemetry server) {

  public static final String CLIENT = "client";

  private static final String GPU = "gpu ";

  public static TelemetryRecord client(long millis, double cpu) {
    return new TelemetryRecord(millis, CLIENT, cpu, GpuTelemetry.NONE, ServerTelemetry.NONE);
  }

  /// @param gpu its index, with the machine's name if it is not the client's machine
  public static TelemetryRecord gpu(long millis, String gpu, GpuTelemetry reading) {
    return new TelemetryRecord(millis, GPU + gpu, null, reading, ServerTelemetry.NONE);
  }

  /// @param address the server's base URL
  public static TelemetryRecord server(long millis, String address, ServerTelemetry reading) {
    return new TelemetryRecord(millis, address, null, GpuTelemetry.NONE, reading);
  }

  /// Whether it is the reading of a GPU.
  @JsonIgnore
  public boolean isOfGpu() {
    return source.startsWith(GPU);
  }
}
