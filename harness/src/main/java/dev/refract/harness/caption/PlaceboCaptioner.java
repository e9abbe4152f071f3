package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.ModelIdentity;

/// The control that returns the caption of another image, to test whether the answerer uses the
/// caption at all. If a placebo scores as well as the right caption, the answers do not come from
/// the caption.
///
/// The plan chooses the other image by a seeded derangement of the dataset's images.
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
  public void expect(String name, String sha256) {
    of.expect(name, sha256);
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
