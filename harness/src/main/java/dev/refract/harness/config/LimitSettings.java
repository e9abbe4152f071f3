package dev.refract.harness.config;

import dev.refract.harness.config.ModelSpec.BudgetSpec;
import dev.refract.harness.config.ModelSpec.LimitSpec;
import dev.refract.harness.config.ModelSpec.TimeoutSpec;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.Limits;
import dev.refract.manifest.ManifestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A user's limits on time, rate and spending, checked and with defaults filled in.
record LimitSettings(LimitSpec spec) {

  private static final int TIMEOUT_SECONDS = 300;

  Limits limits() {
    return new Limits(
        perMinute("requests_per_minute", spec.requestsPerMinute()),
        perMinute("tokens_per_minute", spec.tokensPerMinute()),
        spec.waitSeconds() != null && spec.waitSeconds() == 0
            ? Duration.ZERO
            : seconds(
                "wait_seconds", spec.waitSeconds(), (int) Limits.NONE.patience().toSeconds()));
  }

  private static double perMinute(String name, @Nullable Integer value) {
    return value == null ? Double.POSITIVE_INFINITY : Numbers.positive(name, value, 1);
  }

  Timeouts timeouts() {
    TimeoutSpec timeouts = spec.timeouts();
    Duration attempt = seconds("timeout_seconds", timeouts.timeoutSeconds(), TIMEOUT_SECONDS);
    Timeouts usual = Timeouts.of(attempt);
    return new Timeouts(
        timeouts.firstByteSeconds() == null
            ? usual.firstByte()
            : seconds("first_byte_seconds", timeouts.firstByteSeconds(), TIMEOUT_SECONDS),
        timeouts.chunkSeconds() == null
            ? usual.betweenChunks()
            : seconds("chunk_seconds", timeouts.chunkSeconds(), TIMEOUT_SECONDS),
        attempt,
        usual.request());
  }

  Budget budget() {
    BudgetSpec budget = spec.budget();
    if (budget.maxCost() != null && budget.inputPrice() == null && budget.outputPrice() == null) {
      throw new ManifestException(
          "max_cost: expected input_price, output_price or both as well, found neither");
    }
    return new Budget(
        budget.maxRequests() == null
            ? null
            : Long.valueOf(Numbers.positive("max_requests", budget.maxRequests(), 1)),
        budget.maxTotalTokens() == null
            ? null
            : Long.valueOf(Numbers.positive("max_total_tokens", budget.maxTotalTokens(), 1)),
        budget.maxCost() == null
            ? null
            : Double.valueOf(Numbers.within("max_cost", budget.maxCost(), 0, 0, Double.MAX_VALUE)),
        Numbers.within("input_price", budget.inputPrice(), 0, 0, Double.MAX_VALUE),
        Numbers.within("output_price", budget.outputPrice(), 0, 0, Double.MAX_VALUE));
  }

  private static Duration seconds(String name, @Nullable Integer value, int otherwise) {
    return Duration.ofSeconds(Numbers.positive(name, value, otherwise));
  }
}
