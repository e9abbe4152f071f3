package dev.refract.harness.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.telemetry.TelemetryRecord;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  @Test
  void vllmIsReadWithAndWithoutTotalAndOverAllEngines() {
    TelemetryRecord record =
        parse(
            """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="caprl"} 12.0
            vllm:num_requests_running{engine="1",model_name="caprl"} 4.0
            vllm:num_requests_waiting{engine="0",model_name="caprl"} 3.0
            vllm:kv_cache_usage_perc{engine="0",model_name="a \\"quoted\\" } name"} 0.25
            vllm:prompt_tokens_total{engine="0",model_name="caprl"} 1.5e+06
            vllm:generation_tokens_total{engine="0",model_name="caprl"} 240000.0
            vllm:prefix_cache_queries_total{engine="0"} 1000.0
            vllm:prefix_cache_hits_total{engine="0"} 250.0
            vllm:e2e_request_latency_seconds_bucket{le="+Inf"} 99
            """);
    assertThat(record.server().running()).isEqualTo(16);
    assertThat(record.server().waiting()).isEqualTo(3);
    assertThat(record.server().cacheUsage()).isEqualTo(0.25);
    assertThat(record.server().inputTokens()).isEqualTo(1_500_000);
    assertThat(record.server().outputTokens()).isEqualTo(240_000);
    assertThat(record.server().cacheQueries()).isEqualTo(1_000);
    assertThat(record.server().cacheHits()).isEqualTo(250);
  }

  @Test
  void counts_of_data_parallel_engines_are_summed_and_shares_averaged() {
    TelemetryRecord record =
        parse(
            """
            vllm:num_requests_running{engine="0"} 5
            vllm:num_requests_running{engine="1"} 2
            vllm:kv_cache_usage_perc{engine="0"} 0.75
            vllm:kv_cache_usage_perc{engine="1"} 0.25
            """);
    assertThat(record.server().running()).isEqualTo(7);
    assertThat(record.server().cacheUsage()).isEqualTo(0.5);
  }

  @Test
  void llamaCppIsReadAndMissingCountsAreNotZero() {
    TelemetryRecord record =
        parse(
            "llamacpp:prompt_tokens_total 700\n"
                + "llamacpp:prompt_tokens_cached_total 300\n"
                + "llamacpp:tokens_predicted_total 90\n");
    assertThat(record.server().inputTokens()).isEqualTo(1_000);
    assertThat(record.server().cacheQueries()).isEqualTo(1_000);
    assertThat(record.server().cacheHits()).isEqualTo(300);
    assertThat(record.server().outputTokens()).isEqualTo(90);
    assertThat(record.server().running()).isNull();
  }

  @Test
  void anyOtherPageGivesNoRecord() {
    assertThat(ServerMetrics.parse("s", 1, "<html>metrics</html>")).isEmpty();
    assertThat(ServerMetrics.parse("s", 1, "go_goroutines 7\n")).isEmpty();
    assertThat(ServerMetrics.parse("s", 1, "vllm:num_requests_running NaN\n")).isEmpty();
  }

  private static TelemetryRecord parse(String text) {
    return ServerMetrics.parse("http://gpu1:8000/v1", 1, text).orElseThrow();
  }
}
