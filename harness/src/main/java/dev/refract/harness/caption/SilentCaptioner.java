package dev.refract.harness.caption;

import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// Returns an empty caption for every image: for the control `blind`, whose answerer can only
/// guess, and for the control `direct`, whose answerer sees the image.
public record SilentCaptioner(ModelIdentity identity) implements Captioner {

  /// The control `blind`: the floor.
  public static SilentCaptioner blind() {
    return new SilentCaptioner(new ModelIdentity.Blind());
  }

  /// The empty captions of the control `direct`.
  ///
  /// @param model the vision model that answers
  public static SilentCaptioner direct(ModelIdentity model) {
    return new SilentCaptioner(new ModelIdentity.Direct(model));
  }

  @Override
  public ModelIdentity describes() {
    return identity;
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
  public Caption caption(InputImage image) {
    return Caption.of("");
  }
}
