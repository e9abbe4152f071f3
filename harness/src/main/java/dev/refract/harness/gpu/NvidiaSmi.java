package dev.refract.harness.gpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads GPUs with `nvidia-smi`, for machines where NVML cannot be loaded: one process that prints
/// a line per GPU every 200 ms. It has no energy counter.
public final class NvidiaSmi implements GpuSource {

  private static final String QUERY =
      "index,name,uuid,driver_version,memory.total,enforced.power.limit,"
          + "utilization.gpu,memory.used,power.draw,clocks.sm,temperature.gpu";
  private static final int FIELDS = QUERY.split(",").length;
  private static final int MIB = 1 << 20;
  private static final int TIMEOUT_SECONDS = 5;

  private final Process process;
  private final Map<Integer, String[]> latest = new TreeMap<>();
  private final CountDownLatch first = new CountDownLatch(1);

  private NvidiaSmi(Process process) {
    this.process = process;
    Thread.ofVirtual().name("nvidia-smi").start(this::listen);
  }

  /// @return empty when the command does not exist or finds no GPU
  static Optional<NvidiaSmi> start(String command) {
    try {
      Process process =
          new ProcessBuilder(
                  command, "--query-gpu=" + QUERY, "--format=csv,noheader,nounits", "-lms", "200")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      NvidiaSmi smi = new NvidiaSmi(process);
      if (smi.first.await(TIMEOUT_SECONDS, TimeUnit.SECONDS) && !smi.gpus().isEmpty()) {
        return Optional.of(smi);
      }
      smi.close();
    } catch (IOException _) {
      // no such command
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\\s*,\\s*", -1);
        if (fields.length == FIELDS && fields[0].matches("\\d{1,4}")) {
          synchronized (this) {
            latest.put(Integer.valueOf(fields[0]), fields);
          }
          first.countDown();
        }
      }
    } catch (IOException _) {
      // the process was ended
    } finally {
      first.countDown();
    }
  }

  @Override
  public synchronized List<Gpu> gpus() {
    List<Gpu> gpus = new ArrayList<>();
    latest.forEach((index, fields) -> {
      Double memory = number(fields[4]);
      gpus.add(
          new Gpu(
              index,
              fields[1],
              fields[2],
              memory == null ? null : Long.valueOf((long) (memory * MIB)),
              number(fields[5])));
    });
    return gpus;
  }

  @Override
  public synchronized @Nullable String driver() {
    return latest.values().stream().map(fields -> fields[3]).findFirst().orElse(null);
  }

  @Override
  public synchronized List<GpuReading> read() {
    List<GpuReading> readings = new ArrayList<>();
    latest.forEach((index, fields) -> {
      Double utilization = number(fields[6]);
      Double memory = number(fields[7]);
      Double clock = number(fields[9]);
      Double celsius = number(fields[10]);
      GpuReading reading =
          new GpuReading(
              index,
              utilization == null ? null : Double.valueOf(utilization / 100),
              memory == null ? null : Long.valueOf((long) (memory * MIB)),
              number(fields[8]),
              null,
              clock == null ? null : Integer.valueOf(clock.intValue()),
              null,
              celsius == null ? null : Integer.valueOf(celsius.intValue()));
      if (!reading.isEmpty()) {
        readings.add(reading);
      }
    });
    return readings;
  }

  /// Null for `[N/A]` and other texts that are not a number.
  private static @Nullable Double number(String text) {
    return text.matches("-?\\d+(\\.\\d+)?") ? Double.valueOf(text) : null;
  }

  @Override
  public String words() {
    return "nvidia-smi, driver " + driver();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
