package dev.refract.harness.llm;

import dev.refract.reports.result.TokenCounts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How many tokens a reply took. What nobody counted is null, never zero.
///
/// @param input of the prompt, its images among them
/// @param image what of the input were images, for servers that tell them apart
/// @param output of the reply
/// @param tokenizer who counted in the server's stead; null where the server did
public record Usage(
    @Nullable Integer input,
    @Nullable Integer image,
    @Nullable Integer output,
    @Nullable String tokenizer) {

  public static final Usage UNKNOWN = new Usage(null, null, null, null);

  /// As it is journalled.
  public TokenCounts recorded() {
    return new TokenCounts(input, image, output, tokenizer);
  }

  /// As OpenAI's `usage` tells it, and the details that some servers add.
  static Usage of(JsonNode usage) {
    return new Usage(
        count(usage.path("prompt_tokens")),
        count(usage.path("prompt_tokens_details").path("image_tokens")),
        count(usage.path("completion_tokens")),
        null);
  }

  /// What is told now, and what was told before where it is not.
  Usage or(Usage before) {
    return new Usage(
        input == null ? before.input : input,
        image == null ? before.image : image,
        output == null ? before.output : output,
        tokenizer == null ? before.tokenizer : tokenizer);
  }

  /// What images took, where it is known what the request takes without them.
  public Usage beside(int text) {
    return image != null || input == null
        ? this
        : new Usage(input, Math.max(0, input - text), output, tokenizer);
  }

  /// The reply's length by a tokenizer. What an image takes only its server knows.
  Usage counted(Tokenizer tokens, String reply) {
    return new Usage(input, image, tokens.count(reply), tokens.name());
  }

  /// Counts that no server means are none.
  private static @Nullable Integer count(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.asInt() >= 0
        ? Integer.valueOf(node.asInt())
        : null;
  }
}
