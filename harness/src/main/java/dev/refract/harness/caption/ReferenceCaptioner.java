package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;

/// The control that returns the dataset's own description: an upper bound, since any remaining
/// errors are the answerer's.
public record ReferenceCaptioner() implements Captioner {

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity.Reference();
  }

  @Override
  public ModelIdentity describes() {
    return identity();
  }

  @Override
  public boolean varies() {
    return false;
  }

  @Override
  public boolean takesPrompt() {
    return false;
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
  public Caption caption(InputImage image) throws RequestException {
    if (image.description() == null) {
      throw new RequestException(
          FailureKind.REFERENCE, "the dataset has no description of " + image.name());
    }
    return Caption.of(image.description());
  }
}
