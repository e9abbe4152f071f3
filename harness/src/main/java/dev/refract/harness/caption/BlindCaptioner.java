package dev.refract.harness.caption;

import java.util.Map;

/// The control that says nothing: what is left is prior knowledge and guessing, the floor.
public record BlindCaptioner() implements Captioner {

  @Override
  public Map<String, Object> identity() {
    return Map.of("kind", "blind");
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Caption caption(Picture picture) {
    return Caption.of("");
  }
}
