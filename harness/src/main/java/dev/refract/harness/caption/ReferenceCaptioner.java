package dev.refract.harness.caption;

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
  public Caption caption(Picture picture) throws RequestException {
    if (picture.description() == null) {
      throw new RequestException(
          "reference", "the dataset has no description of " + picture.name());
    }
    return Caption.of(picture.description());
  }
}
