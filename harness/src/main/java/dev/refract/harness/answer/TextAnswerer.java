package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;

/// A text-only LLM that answers from a caption: its prompt cannot hold an image.
public sealed interface TextAnswerer extends Answerer permits ChatAnswerer, EmbeddedAnswerer {

  /// Whether it takes a prompt whose chat template is already applied.
  boolean takesRaw();

  /// @param draw how many times this very prompt was asked before: with a temperature above 0 each
  ///   draw may bring another reply
  /// @throws RequestException when there is no reply, with the reason
  ChatReply answer(AnswerPrompt prompt, int draw) throws RequestException, InterruptedException;
}
