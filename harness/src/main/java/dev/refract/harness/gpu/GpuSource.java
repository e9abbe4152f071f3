package dev.refract.harness.gpu;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who is asked about the GPUs of this machine.
public sealed interface GpuSource extends AutoCloseable permits Nvml, NvidiaSmi, GpuSource.None {

  /// The best that there is: NVML itself, else its command line, else nobody.
  static GpuSource find() {
    Optional<Nvml> nvml = Nvml.open(Nvml.LIBRARY);
    if (nvml.isPresent() && !nvml.get().gpus().isEmpty()) {
      return nvml.get();
    }
    nvml.ifPresent(Nvml::close);
    return NvidiaSmi.start("nvidia-smi")
        .<GpuSource>map(smi -> smi)
        .orElse(new None("no NVIDIA GPU: neither %s nor nvidia-smi".formatted(Nvml.LIBRARY)));
  }

  List<Gpu> gpus();

  /// Of the driver, or null when it is not told.
  @Nullable String driver();

  /// What the GPUs say now; one that is lost is left out.
  List<GpuReading> read();

  /// Who answers, or why nobody does.
  String words();

  @Override
  void close();

  /// A machine without any.
  record None(String words) implements GpuSource {

    @Override
    public List<Gpu> gpus() {
      return List.of();
    }

    @Override
    public @Nullable String driver() {
      return null;
    }

    @Override
    public List<GpuReading> read() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
