package dev.refract.harness.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads GPUs with NVIDIA's management library (NVML), called in this process. All but the first
/// few calls are optional: if the driver lacks a function or the call fails, the value is null.
///
/// Source: NVML API reference, `nvml.h`. Only one thread at a time may use an instance.
public final class Nvml implements GpuSource {

  static final String LIBRARY = "libnvidia-ml.so.1";

  private static final Linker LINKER = Linker.nativeLinker();
  private static final int SUCCESS = 0;
  private static final int TEXT_BUFFER_BYTES = 96; // NVML_DEVICE_UUID_V2_BUFFER_SIZE
  private static final int SM_CLOCK = 1; // NVML_CLOCK_SM
  private static final int GPU_TEMPERATURE = 0; // NVML_TEMPERATURE_GPU
  private static final double MILLI = 1000;

  private final SymbolLookup library;
  private final MemorySegment out;
  private final List<MemorySegment> handles = new ArrayList<>();
  private final List<Gpu> gpus = new ArrayList<>();
  private final @Nullable String driver;
  private final Queries queries;

  /// The functions called for every reading; null if the driver lacks one.
  private record Queries(
      @Nullable MethodHandle utilization,
      @Nullable MethodHandle memory,
      @Nullable MethodHandle power,
      @Nullable MethodHandle energy,
      @Nullable MethodHandle clock,
      @Nullable MethodHandle reasons,
      @Nullable MethodHandle temperature) {}

  private Nvml(Arena arena, SymbolLookup library) {
    this.library = library;
    this.out = arena.allocate(TEXT_BUFFER_BYTES, JAVA_LONG.byteAlignment());
    this.queries =
        new Queries(
            onDevice("nvmlDeviceGetUtilizationRates"),
            onDevice("nvmlDeviceGetMemoryInfo"),
            onDevice("nvmlDeviceGetPowerUsage"),
            onDevice("nvmlDeviceGetTotalEnergyConsumption"),
            withChoice("nvmlDeviceGetClockInfo"),
            Optional.ofNullable(onDevice("nvmlDeviceGetCurrentClocksEventReasons"))
                .orElse(onDevice("nvmlDeviceGetCurrentClocksThrottleReasons")), // before 535
            withChoice("nvmlDeviceGetTemperature"));
    this.driver = text(find("nvmlSystemGetDriverVersion", ADDRESS, JAVA_INT), null);
    devices();
  }

  /// @param name of the library, or its path
  /// @return empty when the library cannot be loaded or finds no driver
  public static Optional<Nvml> open(String name) {
    Arena arena = Arena.ofAuto(); // lives as long as any handle from it
    try {
      SymbolLookup library =
          name.contains("/")
              ? SymbolLookup.libraryLookup(java.nio.file.Path.of(name), arena)
              : SymbolLookup.libraryLookup(name, arena);
      Optional<MemorySegment> init = library.find("nvmlInit_v2");
      if (init.isPresent()
          && invoke(LINKER.downcallHandle(init.get(), FunctionDescriptor.of(JAVA_INT)))
              == SUCCESS) {
        return Optional.of(new Nvml(arena, library));
      }
    } catch (IllegalArgumentException | IllegalCallerException _) {
      // no such library, or native access is not allowed
    }
    return Optional.empty();
  }

  private void devices() {
    MethodHandle count = find("nvmlDeviceGetCount_v2", ADDRESS);
    MethodHandle byIndex = find("nvmlDeviceGetHandleByIndex_v2", JAVA_INT, ADDRESS);
    if (count == null || byIndex == null || invoke(count, out) != SUCCESS) {
      return;
    }
    int devices = out.get(JAVA_INT, 0);
    MethodHandle name = find("nvmlDeviceGetName", ADDRESS, ADDRESS, JAVA_INT);
    MethodHandle uuid = find("nvmlDeviceGetUUID", ADDRESS, ADDRESS, JAVA_INT);
    MethodHandle limit = onDevice("nvmlDeviceGetEnforcedPowerLimit");
    for (int i = 0; i < devices; i++) {
      if (invoke(byIndex, i, out) != SUCCESS) {
        continue; // no permission, or the GPU no longer responds
      }
      MemorySegment handle = out.get(ADDRESS, 0);
      String called = text(name, handle);
      OptionalLong memory = longOf(queries.memory, handle, 0);
      OptionalLong milliwatts = intOf(limit, handle);
      handles.add(handle);
      gpus.add(
          new Gpu(
              i,
              called == null ? "NVIDIA GPU" : called,
              text(uuid, handle),
              memory.isPresent() ? Long.valueOf(memory.getAsLong()) : null,
              milliwatts.isPresent() ? Double.valueOf(milliwatts.getAsLong() / MILLI) : null));
    }
  }

  @Override
  public List<Gpu> gpus() {
    return gpus;
  }

  @Override
  public @Nullable String driver() {
    return driver;
  }

  @Override
  public List<GpuReading> read() {
    List<GpuReading> readings = new ArrayList<>();
    for (int i = 0; i < handles.size(); i++) {
      MemorySegment device = handles.get(i);
      OptionalLong percent = intOf(queries.utilization, device);
      OptionalLong used = longOf(queries.memory, device, 2);
      OptionalLong milliwatts = intOf(queries.power, device);
      OptionalLong millijoules = longOf(queries.energy, device, 0);
      OptionalLong clock = chosen(queries.clock, device, SM_CLOCK);
      OptionalLong reasons = longOf(queries.reasons, device, 0);
      OptionalLong celsius = chosen(queries.temperature, device, GPU_TEMPERATURE);
      GpuReading reading =
          new GpuReading(
              gpus.get(i).index(),
              percent.isPresent() ? Double.valueOf(percent.getAsLong() / 100.0) : null,
              used.isPresent() ? Long.valueOf(used.getAsLong()) : null,
              milliwatts.isPresent() ? Double.valueOf(milliwatts.getAsLong() / MILLI) : null,
              millijoules.isPresent() ? Double.valueOf(millijoules.getAsLong() / MILLI) : null,
              clock.isPresent() ? Integer.valueOf((int) clock.getAsLong()) : null,
              reasons.isPresent() ? Long.valueOf(reasons.getAsLong()) : null,
              celsius.isPresent() ? Integer.valueOf((int) celsius.getAsLong()) : null);
      if (!reading.isEmpty()) {
        readings.add(reading);
      }
    }
    return readings;
  }

  @Override
  public String words() {
    return "NVML" + (driver == null ? "" : ", driver " + driver);
  }

  private @Nullable MethodHandle find(String function, MemoryLayout... arguments) {
    return library
        .find(function)
        .map(address -> LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, arguments)))
        .orElse(null);
  }

  /// A function that takes a device and writes one value.
  private @Nullable MethodHandle onDevice(String function) {
    return find(function, ADDRESS, ADDRESS);
  }

  /// A function that takes a device and a selector of one of its values, and writes that value.
  private @Nullable MethodHandle withChoice(String function) {
    return find(function, ADDRESS, JAVA_INT, ADDRESS);
  }

  private OptionalLong intOf(@Nullable MethodHandle function, MemorySegment device) {
    return function != null && invoke(function, device, out) == SUCCESS
        ? OptionalLong.of(Integer.toUnsignedLong(out.get(JAVA_INT, 0)))
        : OptionalLong.empty();
  }

  /// @param place index of the value in an array of eight-byte values
  private OptionalLong longOf(@Nullable MethodHandle function, MemorySegment device, int place) {
    return function != null && invoke(function, device, out) == SUCCESS
        ? OptionalLong.of(out.getAtIndex(JAVA_LONG, place))
        : OptionalLong.empty();
  }

  private OptionalLong chosen(@Nullable MethodHandle function, MemorySegment device, int choice) {
    return function != null && invoke(function, device, choice, out) == SUCCESS
        ? OptionalLong.of(Integer.toUnsignedLong(out.get(JAVA_INT, 0)))
        : OptionalLong.empty();
  }

  /// @param device or null for a function without a device argument
  private @Nullable String text(@Nullable MethodHandle function, @Nullable MemorySegment device) {
    if (function == null) {
      return null;
    }
    int code =
        device == null
            ? invoke(function, out, TEXT_BUFFER_BYTES)
            : invoke(function, device, out, TEXT_BUFFER_BYTES);
    return code == SUCCESS ? out.getString(0) : null;
  }

  private static int invoke(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("NVML cannot be called", e);
    }
  }

  @Override
  public void close() {
    MethodHandle shutdown = find("nvmlShutdown");
    if (shutdown != null) {
      invoke(shutdown);
    }
  }
}
