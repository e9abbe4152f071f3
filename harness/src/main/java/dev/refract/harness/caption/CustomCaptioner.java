package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.plugin.ImageDescriber;
import dev.refract.harness.plugin.Plugin;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;

/// A captioner of the user's own.
public record CustomCaptioner(Plugin<ImageDescriber> plugin) implements Captioner {

  @Override
  public ModelIdentity identity() {
    return plugin.identity();
  }

  @Override
  public ModelIdentity describes() {
    return identity();
  }

  @Override
  public boolean varies() {
    return true;
  }

  @Override
  public boolean takesPrompt() {
    return true;
  }

  @Override
  public ModelServer server() {
    return ModelServer.NONE;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Caption caption(InputImage image) throws RequestException, InterruptedException {
    try {
      String text = plugin.code().describe(image.bytes().clone(), image.prompt());
      if (text == null) {
        throw new RequestException(
            FailureKind.MODEL, plugin.identity().className() + " returned null");
      }
      return Caption.of(text);
    } catch (RequestException | InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw new RequestException(FailureKind.MODEL, plugin.identity().className() + ": " + e);
    }
  }
}
