package dev.refract.harness.llm;

import dev.refract.reports.result.TokenCounts;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Token counts of a request and its reply. An unknown count is null, never zero.
///
/// @param input tokens of the prompt, including its images
/// @param image the input tokens of images, for servers that report them separately
/// @param output tokens of the reply
/// @param tokenizer that counted instead of the server; null when the server counted
public record Usage(
    @Nullable Integer input,
    @Nullable Integer image,
    @Nullable Integer output,
    @Nullable String tokenizer) {

  public static final Usage UNKNOWN = new Usage(null, null, null, null);

  /// The counts as journalled.
  public TokenCounts recorded() {
    return new TokenCounts(input, image, output, tokenizer);
  }

  /// Parses OpenAI's `usage` object, with the details that some servers add.
  static Usage of(JsonNode usage) {
    Integer input = count(usage.path("prompt_tokens"));
    Integer output = count(usage.path("completion_tokens"));
    // LiteLLM sends zeros for a server that counts nothing; no prompt has no tokens.
    return input != null && input == 0
        ? UNKNOWN
        : new Usage(
            input, count(usage.path("prompt_tokens_details").path("image_tokens")), output, null);
  }

  /// These counts, with missing ones taken from earlier counts.
  Usage or(Usage before) {
    return new Usage(
        input == null ? before.input : input,
        image == null ? before.image : image,
        output == null ? before.output : output,
        tokenizer == null ? before.tokenizer : tokenizer);
  }

  /// Computes the image tokens from the input tokens of the same request without images.
  public Usage beside(int text) {
    return image != null || input == null
        ? this
        : new Usage(input, Math.max(0, input - text), output, tokenizer);
  }

  /// Counts the reply with a tokenizer. Only the server can count the tokens of an image.
  Usage counted(Tokenizer tokens, String reply) {
    return new Usage(input, image, tokens.count(reply), tokens.name());
  }

  /// Null for a count that makes no sense, such as a negative one.
  private static @Nullable Integer count(JsonNode node) {
    double number = node.isNumber() ? node.doubleValue() : -1; // some gateways send 100.0
    return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number)
        ? Integer.valueOf((int) number)
        : null;
  }
}
