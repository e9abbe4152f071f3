package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;

/// A text-only LLM that answers from a caption: its prompt cannot hold an image.
public non-sealed interface TextAnswerer extends Answerer {

  /// Whether it accepts a prompt with the chat template already applied.
  boolean takesRaw();

  /// @param draw how many times this prompt has been asked before; at a temperature above 0 each
  ///   draw may give a different reply
  /// @throws RequestException when the request fails, with the reason
  ChatReply answer(AnswerPrompt prompt, int draw) throws RequestException, InterruptedException;
}
