package dev.refract.harness.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/// Whatever a server's page of metrics holds, reading it gives values or nothing.
class MetricsTextFuzzTest {

  @FuzzTest
  void page(@NotNull String text) {
    assertThat(Prometheus.parse(text)).doesNotContainNull();
    assertThat(ServerMetrics.parse("http://h", 1, text)).isNotNull();
  }
}
