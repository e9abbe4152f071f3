package dev.refract.harness.answer;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.plugin.Plugin;
import dev.refract.harness.plugin.TextResponder;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;

/// An answerer of the user's own.
public record CustomAnswerer(Plugin<TextResponder> plugin) implements TextAnswerer {

  @Override
  public ModelIdentity identity() {
    return plugin.identity();
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public ModelServer server() {
    return ModelServer.NONE;
  }

  @Override
  public boolean takesRaw() {
    return false;
  }

  @Override
  public ChatReply answer(AnswerPrompt prompt, int draw)
      throws RequestException, InterruptedException {
    try {
      String system = prompt.system();
      String text = plugin.code().answer(system == null ? "" : system, prompt.user());
      if (text == null) {
        throw new RequestException(
            FailureKind.MODEL, plugin.identity().className() + " returned null");
      }
      return ChatReply.of(text);
    } catch (RequestException | InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw new RequestException(FailureKind.MODEL, plugin.identity().className() + ": " + e);
    }
  }
}
