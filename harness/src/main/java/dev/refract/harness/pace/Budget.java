package dev.refract.harness.pace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one command may spend at an endpoint. Requests in flight when the budget is used up still
/// complete, so spending may exceed it by that much.
///
/// @param requests maximum number of requests, or null for no limit
/// @param tokens maximum of input and output tokens together, as counted by the server, or null
/// @param cost maximum cost in the currency of the prices, or null
/// @param inputPrice of a million input tokens
/// @param outputPrice of a million output tokens
public record Budget(
    @Nullable Long requests,
    @Nullable Long tokens,
    @Nullable Double cost,
    double inputPrice,
    double outputPrice) {

  public static final Budget NONE = new Budget(null, null, null, 0, 0);

  private static final double MILLION = 1e6;

  /// What has been spent.
  public record Spent(long requests, long inputTokens, long outputTokens) {

    public static final Spent NOTHING = new Spent(0, 0, 0);

    public Spent and(Spent more) {
      return new Spent(
          requests + more.requests,
          inputTokens + more.inputTokens,
          outputTokens + more.outputTokens);
    }
  }

  /// Whether tokens matter to it.
  public boolean countsTokens() {
    return tokens != null || cost != null;
  }

  /// Describes the limit that is used up; empty while budget is left.
  public Optional<String> exhausted(Spent spent) {
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
