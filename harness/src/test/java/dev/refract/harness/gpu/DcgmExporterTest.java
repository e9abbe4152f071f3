package dev.refract.harness.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.net.Access;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DcgmExporterTest {

  private static final String LABELS =
      "{gpu=\"%d\",UUID=\"GPU-%d\",device=\"nvidia%d\",modelName=\"NVIDIA H100\",Hostname=\"a"
          + " \\\"b\\\"\"}";

  private static final String TEXT =
      """
      # HELP DCGM_FI_DEV_SM_CLOCK SM clock frequency (in MHz).
      DCGM_FI_DEV_SM_CLOCK%1$s 1980
      DCGM_FI_DEV_GPU_UTIL%1$s 75
      DCGM_FI_DEV_FB_USED%1$s 1024
      DCGM_FI_DEV_POWER_USAGE%1$s 412.5
      DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION%1$s 5000000
      DCGM_FI_PROF_SM_ACTIVE%1$s 0.5
      DCGM_FI_DEV_POWER_USAGE%2$s 99
      DCGM_FI_DEV_POWER_USAGE{gpu="1",UUID="GPU-1",GPU_I_PROFILE="1g.10gb",GPU_I_ID="3"} 412
      go_goroutines 7
      """
          .formatted(LABELS.formatted(0, 0, 0), LABELS.formatted(1, 1, 1));

  @Test
  void eachGpuIsReportedInTheUnitsOfLocalReadings() {
    List<TelemetryRecord> records = exporter(Set.of()).parse(5, TEXT);
    assertThat(records).hasSize(2);
    TelemetryRecord first = records.getFirst();
    assertThat(first.source()).isEqualTo("gpu 0 of gpu1");
    assertThat(first.gpu().utilization()).isEqualTo(0.75);
    assertThat(first.gpu().memoryBytes()).isEqualTo(1L << 30);
    assertThat(first.gpu().watts()).isEqualTo(412.5);
    assertThat(first.gpu().joules()).isEqualTo(5000);
    assertThat(first.gpu().smClockMhz()).isEqualTo(1980);
    assertThat(first.gpu().celsius()).as("not reported").isNull();
    assertThat(records.getLast().gpu().watts()).as("its MIG instance is not it").isEqualTo(99);
  }

  @Test
  void aGpuThatIsReadDirectlyIsNotCountedTwice() {
    assertThat(exporter(Set.of("GPU-0")).parse(5, TEXT))
        .extracting(TelemetryRecord::source)
        .containsExactly("gpu 1 of gpu1");
  }

  @Test
  void aPageOfAnotherServerGivesNoRecords() throws InterruptedException {
    assertThat(exporter(Set.of()).parse(5, "<html>")).isEmpty();
    assertThat(exporter(Set.of()).parse(5, "vllm:num_requests_running 5\n")).isEmpty();
    assertThat(DcgmExporter.beside("http://127.0.0.1:9/v1", Access.OPEN, Set.of())).isEmpty();
  }

  private static DcgmExporter exporter(Set<String> known) {
    return new DcgmExporter("http://gpu1:9400/metrics", "gpu1", Access.OPEN, known);
  }
}
