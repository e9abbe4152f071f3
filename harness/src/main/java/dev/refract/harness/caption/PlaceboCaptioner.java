package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The control that describes another image: whether the answerer reads the caption at all. A
/// placebo that does no worse than the caption itself means that answers come from elsewhere.
///
/// Which other image is decided by the plan: a seeded derangement of the dataset's images.
public record PlaceboCaptioner(Captioner of, long seed) implements Captioner {

  @Override
  public Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("kind", "placebo");
    identity.put("of", of.identity());
    identity.put("seed", seed);
    return identity;
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
  public int concurrency() {
    return of.concurrency();
  }

  @Override
  public Caption caption(Picture picture) throws RequestException, InterruptedException {
    return of.caption(picture);
  }

  @Override
  public void close() {
    of.close();
  }
}
