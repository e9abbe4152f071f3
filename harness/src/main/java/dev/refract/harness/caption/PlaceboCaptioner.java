package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// The control that describes another image: whether the answerer reads the caption at all. A
/// placebo that scores as well as the caption itself means that answers come from elsewhere.
///
/// Which other image is decided by the plan: a seeded derangement of the dataset's images.
public record PlaceboCaptioner(Captioner of, long seed) implements Captioner {

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity.Placebo(of.identity(), seed);
  }

  @Override
  public ModelIdentity describes() {
    return of.describes();
  }

  @Override
  public boolean varies() {
    return of.varies();
  }

  @Override
  public boolean takesPrompt() {
    return of.takesPrompt();
  }

  @Override
  public ModelServer server() {
    return of.server();
  }

  @Override
  public int concurrency() {
    return of.concurrency();
  }

  @Override
  public Caption caption(InputImage image) throws RequestException, InterruptedException {
    return of.caption(image);
  }

  @Override
  public void close() {
    of.close();
  }
}
