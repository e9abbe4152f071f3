package dev.refract.harness.gpu;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Source of readings of this machine's GPUs.
public interface GpuSource extends AutoCloseable {

  /// The best available source: NVML, else `nvidia-smi`, else {@link None}.
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

  /// The driver's version, or null when it is not reported.
  @Nullable String driver();

  /// The current readings of the GPUs; a GPU that no longer responds is left out.
  List<GpuReading> read();

  /// Describes the source, or why there is none.
  String words();

  @Override
  void close();

  /// A machine without GPUs.
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
