package dev.refract.harness.gpu;

import dev.refract.harness.net.Access;
import dev.refract.harness.net.ServerProbe;
import dev.refract.reports.telemetry.ServerTelemetry;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the counters of model servers from `/metrics` in Prometheus's text format. Supports vLLM,
/// SGLang, TGI and llama.cpp, which are distinguished by the names of their metrics.
public final class ServerMetrics {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
  private static final String LLAMA_CACHED = "llamacpp:prompt_tokens_cached";

  private static final List<String> RUNNING =
      List.of(
          "vllm:num_requests_running",
          "sglang:num_running_reqs",
          "tgi_batch_current_size",
          "llamacpp:requests_processing");
  private static final List<String> WAITING =
      List.of(
          "vllm:num_requests_waiting",
          "sglang:num_queue_reqs",
          "tgi_queue_size",
          "llamacpp:requests_deferred");
  private static final List<String> CACHE =
      List.of(
          "vllm:kv_cache_usage_perc",
          "vllm:gpu_cache_usage_perc",
          "sglang:token_usage",
          "llamacpp:kv_cache_usage_ratio");
  private static final List<String> INPUT =
      List.of(
          "vllm:prompt_tokens",
          "sglang:prompt_tokens",
          "tgi_request_input_length_sum",
          "llamacpp:prompt_tokens");
  private static final List<String> OUTPUT =
      List.of(
          "vllm:generation_tokens",
          "sglang:generation_tokens",
          "tgi_request_generated_tokens_sum",
          "llamacpp:tokens_predicted");
  private static final List<String> QUERIES =
      List.of(
          "vllm:prefix_cache_queries", "vllm:gpu_prefix_cache_queries", "llamacpp:prompt_tokens");
  private static final List<String> HITS =
      List.of("vllm:prefix_cache_hits", "vllm:gpu_prefix_cache_hits", LLAMA_CACHED);

  private ServerMetrics() {}

  /// The server's current counters; empty when it reports no supported metric.
  public static Optional<TelemetryRecord> read(String baseUrl, Access access)
      throws InterruptedException {
    ServerProbe.Page page =
        ServerProbe.get(ServerProbe.beside(baseUrl, "/metrics"), access, REQUEST_TIMEOUT);
    return page.isThere()
        ? parse(baseUrl, System.currentTimeMillis(), page.text())
        : Optional.empty();
  }

  /// @param source the server's address
  static Optional<TelemetryRecord> parse(String source, long millis, String text) {
    Map<String, Double> sums = new HashMap<>();
    Map<String, Integer> engines = new HashMap<>();
    for (Prometheus value : Prometheus.parse(text)) {
      // A server may count by engine or model: the sum is its total.
      sums.merge(value.name(), value.value(), Double::sum);
      engines.merge(value.name(), 1, Integer::sum);
    }
    // A share of all engines is the mean of their shares: each has a cache of the same size.
    for (String share : CACHE) {
      sums.computeIfPresent(share, (name, sum) -> sum / Objects.requireNonNull(engines.get(name)));
    }
    // llama.cpp counts cached prompt tokens separately from processed ones.
    Double cached = sums.get(LLAMA_CACHED);
    if (cached != null) {
      sums.merge("llamacpp:prompt_tokens", cached, Double::sum);
    }
    Double running = first(sums, RUNNING);
    Double output = first(sums, OUTPUT);
    return running == null && output == null
        ? Optional.empty()
        : Optional.of(
            TelemetryRecord.server(
                millis,
                source,
                new ServerTelemetry(
                    running,
                    first(sums, WAITING),
                    first(sums, CACHE),
                    first(sums, INPUT),
                    output,
                    first(sums, QUERIES),
                    first(sums, HITS))));
  }

  private static @Nullable Double first(Map<String, Double> sums, List<String> names) {
    return names.stream().map(sums::get).filter(v -> v != null).findFirst().orElse(null);
  }
}
