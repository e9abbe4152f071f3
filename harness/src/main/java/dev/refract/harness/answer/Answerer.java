package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import java.util.Map;

/// A text-only LLM that answers from a caption.
public sealed interface Answerer extends AutoCloseable permits ChatAnswerer, EmbeddedAnswerer {

  /// Everything about the answerer that can change its replies, for fingerprints and reports. No
  /// secrets.
  Map<String, Object> identity();

  /// How many questions it works on at once, at least 1.
  int concurrency();

  /// Whether it takes a chat template written out.
  default boolean takesRaw() {
    return false;
  }

  /// Who works behind it.
  default ModelServer server() {
    return ModelServer.NONE;
  }

  /// @param draw which time this prompt is asked, from 0: with a temperature above 0 another time
  ///   may bring another reply
  /// @throws RequestException when there is no reply, with the reason
  ChatReply answer(AnswerPrompt prompt, int draw) throws RequestException, InterruptedException;

  @Override
  default void close() {}
}
