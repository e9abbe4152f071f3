package dev.refract.harness.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.os.NativeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests NVML with a stub library that is compiled here; skipped without a C compiler.
class NvmlTest {

  @TempDir private Path folder;
  private String library = "";

  @BeforeEach
  void compile() throws IOException, InterruptedException {
    Path source = folder.resolve("nvml_stub.c");
    try (InputStream text = NvmlTest.class.getResourceAsStream("/gpu/nvml_stub.c")) {
      Files.write(source, Objects.requireNonNull(text).readAllBytes());
    }
    library = folder.resolve("libstub.so").toString();
    assumeThat(isThere("gcc")).as("gcc is installed").isTrue();
    int code =
        new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", library, source.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isZero();
  }

  private static boolean isThere(String command) throws InterruptedException {
    try {
      return new ProcessBuilder(command, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void valuesOfTheDriverAreReported() {
    try (Nvml nvml = Nvml.open(library).orElseThrow()) {
      assertThat(nvml.driver()).isEqualTo("570.00.stub");
      assertThat(nvml.gpus())
          .containsExactly(
              new Gpu(0, "Stub 9000", "GPU-a", 80L << 30, 700.0),
              new Gpu(1, "Stub MIG", "GPU-b", 80L << 30, 700.0));
      assertThat(nvml.gpus().getFirst().words()).isEqualTo("Stub 9000, 80.0 GiB, 700 W");
      List<GpuReading> readings = nvml.read();
      assertThat(readings.getFirst())
          .isEqualTo(new GpuReading(0, 0.87, 20L << 30, 350.5, 1070.0, 1980, 4L, null));
      assertThat(nvml.read().getFirst().joules()).isEqualTo(1140.0);
    }
  }

  @Test
  void aMissingValueIsNullAndNotZero() {
    try (Nvml nvml = Nvml.open(library).orElseThrow()) {
      GpuReading mig = nvml.read().getLast();
      assertThat(mig.utilization()).isNull();
      assertThat(mig.joules()).isNull();
      assertThat(mig.celsius()).isNull();
      assertThat(mig.watts()).isEqualTo(100.0);
    }
  }

  @Test
  void aLostGpuIsLeftOut() {
    try (Nvml nvml = Nvml.open(library).orElseThrow()) {
      assertThat(nvml.read()).hasSize(2);
      assumeThat(NativeProcess.setEnvironment("STUB_LOST", "1")).isTrue();
      try {
        assertThat(nvml.read()).isEmpty();
      } finally {
        NativeProcess.unsetEnvironment("STUB_LOST");
      }
      assertThat(nvml.read()).hasSize(2);
    }
  }

  @Test
  void aMissingOrWrongLibraryIsNotOpened() {
    assertThat(Nvml.open("libno-such-thing.so.9")).isEmpty();
    assertThat(Nvml.open(folder.resolve("missing.so").toString())).isEmpty();
    assertThat(Nvml.open("libm.so.6")).isEmpty();
  }

  @Test
  void nvidiaSmiIsReadWithoutALibrary() throws Exception {
    Path smi = folder.resolve("smi");
    Files.writeString(
        smi,
        """
        #!/bin/sh
        while :; do
          echo "0, NVIDIA L4, GPU-x, 550.54, 23034, 72.00, 55, 1024, 41.50, 2040, 61"
          echo "1, NVIDIA L4, GPU-y, 550.54, 23034, [N/A], [N/A], 512, [N/A], 300, 40"
          sleep 0.2
        done
        """);
    assertThat(smi.toFile().setExecutable(true)).isTrue();
    try (NvidiaSmi read = NvidiaSmi.start(smi.toString()).orElseThrow()) {
      Thread.sleep(300);
      assertThat(read.driver()).isEqualTo("550.54");
      assertThat(read.gpus().getFirst().words()).isEqualTo("NVIDIA L4, 22.5 GiB, 72 W");
      assertThat(read.read())
          .containsExactly(
              new GpuReading(0, 0.55, 1L << 30, 41.5, null, 2040, null, 61),
              new GpuReading(1, null, 512L << 20, null, null, 300, null, 40));
    }
    assertThat(NvidiaSmi.start(folder.resolve("none").toString())).isEmpty();
  }
}
