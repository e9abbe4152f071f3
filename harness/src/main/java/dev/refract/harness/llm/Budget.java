package dev.refract.harness.llm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one command may spend at an endpoint. What is in flight when it is spent still lands, so it
/// may be passed by that much.
///
/// @param requests that may be sent, or null for any number
/// @param tokens of input and output together, as the server counts them, or null
/// @param cost in the currency of the prices, or null
/// @param inputPrice of a million tokens
/// @param outputPrice of a million tokens
public record Budget(
    @Nullable Long requests,
    @Nullable Long tokens,
    @Nullable Double cost,
    double inputPrice,
    double outputPrice) {

  public static final Budget NONE = new Budget(null, null, null, 0, 0);

  private static final double MILLION = 1e6;

  /// What has been spent.
  record Spent(long requests, long inputTokens, long outputTokens) {

    static final Spent NOTHING = new Spent(0, 0, 0);

    Spent and(Spent more) {
      return new Spent(
          requests + more.requests,
          inputTokens + more.inputTokens,
          outputTokens + more.outputTokens);
    }
  }

  /// What is used up, in words; empty while there is something left.
  Optional<String> exhausted(Spent spent) {
    long all = spent.inputTokens + spent.outputTokens;
    double paid = (spent.inputTokens * inputPrice + spent.outputTokens * outputPrice) / MILLION;
    if (requests != null && spent.requests >= requests) {
      return Optional.of("%d requests (max_requests)".formatted(requests));
    } else if (tokens != null && all >= tokens) {
      return Optional.of("%d of %d tokens (max_total_tokens)".formatted(all, tokens));
    } else if (cost != null && paid >= cost) {
      return Optional.of("%.2f of %.2f (max_cost)".formatted(paid, cost));
    }
    return Optional.empty();
  }
}
