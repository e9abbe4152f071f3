package dev.refract.harness.llm;

import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.TokenEstimate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the requests to an endpoint have used of its budget. Where the server counts no tokens they
/// are estimated, and the user learns that.
final class SpentBudget {

  private final String who;
  private final Budget budget;
  private final Notices notices;
  private Budget.Spent spent = Budget.Spent.NOTHING;

  /// @param who the endpoint, for messages
  SpentBudget(String who, Budget budget, Notices notices) {
    this.who = who;
    this.budget = budget;
    this.notices = notices;
  }

  /// Describes the limit that is used up; empty while budget is left.
  synchronized Optional<String> exhausted() {
    return budget.exhausted(spent);
  }

  synchronized void request() {
    spent = spent.and(new Budget.Spent(1, 0, 0));
  }

  /// @return its tokens, input and output together
  long reply(ChatReply reply, TokenEstimate sent) {
    Integer input = reply.usage().input();
    Integer output = reply.usage().output();
    if ((input == null || output == null) && budget.countsTokens()) {
      notices.sayOnce(
          "usage of " + who,
          "Budget: %s reports no usage, so its tokens are estimated from the text: max_total_tokens and max_cost hold roughly"
              .formatted(who));
    }
    return add(
        known(input, sent.tokens()), known(output, TokenEstimate.ofText(reply.text().length())));
  }

  /// A reply that was paid for and did not arrive.
  void lost(TokenEstimate sent) {
    add(sent.tokens(), 0);
  }

  private synchronized long add(long input, long output) {
    spent = spent.and(new Budget.Spent(0, input, output));
    return input + output;
  }

  private static long known(@Nullable Integer counted, long estimated) {
    return counted == null ? estimated : counted;
  }
}
