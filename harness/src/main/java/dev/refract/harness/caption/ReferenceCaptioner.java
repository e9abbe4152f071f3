package dev.refract.harness.caption;

import dev.refract.harness.dataset.Sample;
import dev.refract.harness.llm.RequestException;
import java.util.Map;

/// The control that repeats the dataset's own description: what is lost is lost by the answerer,
/// the ceiling.
public record ReferenceCaptioner() implements Captioner {

  @Override
  public Map<String, Object> identity() {
    return Map.of("kind", "reference");
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Caption caption(Sample sample, byte[] bytes) throws RequestException {
    if (sample.description() == null) {
      throw new RequestException(
          "reference", "the dataset has no description of " + sample.image());
    }
    return Caption.of(sample.description());
  }
}
