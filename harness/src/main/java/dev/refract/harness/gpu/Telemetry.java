package dev.refract.harness.gpu;

import com.sun.management.OperatingSystemMXBean;
import dev.refract.harness.net.Access;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.telemetry.GpuTelemetry;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Records telemetry from its creation until it is closed: GPUs five times a second; servers,
/// NVIDIA's exporters on their machines and the client itself once a second. Uses one platform
/// thread. Unavailable sources are left out, and no error here ends a run.
public final class Telemetry implements AutoCloseable {

  private static final long SAMPLE_INTERVAL_MILLIS = 200;
  private static final int SERVER_SAMPLE_ROUNDS = 5;
  private static final int MAX_FIRST_POLLS = 10;

  private final OutputStream out;
  private final GpuSource gpus;
  private final List<DcgmExporter> exporters;
  private final List<String> servers;
  private final Access access;
  private final Thread thread;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long cpu = system.getProcessCpuTime();
  private long clock = System.nanoTime();

  /// @param file to append to; a torn last line is removed first
  /// @param servers base URLs of the servers whose metrics are read
  /// @param access how they are reached
  public static Telemetry start(Path file, GpuSource gpus, List<String> servers, Access access)
      throws IOException, InterruptedException {
    JsonLines.cutTornTail(file);
    // Read before the first request, since a busy server may not answer for a while.
    List<TelemetryRecord> before = new ArrayList<>();
    for (String server : servers) {
      ServerMetrics.read(server, access).ifPresent(before::add);
    }
    return new Telemetry(file, gpus, exporters(gpus, servers, access), access, before);
  }

  private static List<DcgmExporter> exporters(GpuSource gpus, List<String> servers, Access access)
      throws InterruptedException {
    Set<String> known =
        gpus.gpus().stream().map(Gpu::uuid).filter(Objects::nonNull).collect(Collectors.toSet());
    Map<String, DcgmExporter> exporters = new LinkedHashMap<>();
    for (String server : servers) {
      DcgmExporter.beside(server, access, known)
          .ifPresent(found -> exporters.put(found.url(), found));
    }
    return List.copyOf(exporters.values());
  }

  /// @param before the readings of servers with metrics, taken before the first request
  private Telemetry(
      Path file,
      GpuSource gpus,
      List<DcgmExporter> exporters,
      Access access,
      List<TelemetryRecord> before)
      throws IOException {
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    this.gpus = gpus;
    this.exporters = exporters;
    this.access = access;
    this.servers = before.stream().map(TelemetryRecord::source).toList();
    for (TelemetryRecord record : before) {
      write(record);
    }
    this.thread = Thread.ofPlatform().daemon().name("telemetry").start(this::sample);
  }

  private void sample() {
    try {
      long next = System.currentTimeMillis();
      for (int round = 0; ; round++) {
        gpus();
        if (round % SERVER_SAMPLE_ROUNDS == 0) {
          others();
        }
        next += SAMPLE_INTERVAL_MILLIS;
        Thread.sleep(Math.max(1, next - System.currentTimeMillis()));
      }
    } catch (InterruptedException _) {
      // closed
    } catch (IOException e) {
      System.err.println("telemetry cannot be written: " + e.getMessage()); // the run continues
    }
  }

  private synchronized void gpus() throws IOException {
    long now = System.currentTimeMillis();
    for (GpuReading gpu : gpus.read()) {
      write(
          TelemetryRecord.gpu(
              now,
              String.valueOf(gpu.gpu()),
              new GpuTelemetry(
                  gpu.utilization(),
                  gpu.memoryBytes(),
                  gpu.watts(),
                  gpu.joules(),
                  gpu.smClockMhz(),
                  gpu.clockReasons(),
                  gpu.celsius())));
    }
  }

  private void others() throws IOException, InterruptedException {
    client();
    elsewhere();
    for (String server : servers) {
      poll(server);
    }
  }

  private void elsewhere() throws IOException, InterruptedException {
    for (DcgmExporter exporter : exporters) {
      for (TelemetryRecord record : exporter.read()) {
        write(record);
      }
    }
  }

  /// @return whether the server reported metrics
  private boolean poll(String server) throws IOException, InterruptedException {
    Optional<TelemetryRecord> record = ServerMetrics.read(server, access);
    if (record.isPresent()) {
      write(record.get());
    }
    return record.isPresent();
  }

  /// Takes the final readings, with some patience for busy servers.
  private void last() throws IOException, InterruptedException {
    client();
    elsewhere();
    for (String server : servers) {
      for (int i = 0; i < MAX_FIRST_POLLS && !poll(server); i++) {
        Thread.sleep(SAMPLE_INTERVAL_MILLIS);
      }
    }
  }

  private void client() throws IOException {
    long used = system.getProcessCpuTime();
    long now = System.nanoTime();
    double share =
        (double) (used - cpu) / Math.max(1, now - clock) / system.getAvailableProcessors();
    cpu = used;
    clock = now;
    write(TelemetryRecord.client(System.currentTimeMillis(), Math.clamp(share, 0, 1)));
  }

  private synchronized void write(TelemetryRecord record) throws IOException {
    out.write(JsonLines.of(record));
  }

  /// Takes a final reading of all sources, so that counters cover the whole run.
  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join();
      gpus();
      last();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      out.close();
    }
  }
}
