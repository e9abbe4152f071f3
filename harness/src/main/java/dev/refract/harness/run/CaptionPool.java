package dev.refract.harness.run;

import dev.refract.reports.result.CaptionRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The captions that the runs of one captioner have in one command: a placebo exchanges its
/// captioner's own captions, and a second answerer reads those of the first. It lives as long as
/// the command: a model's name alone would not tell a later one that the weights are the same.
public final class CaptionPool {

  private final Map<String, CaptionRecord> landed = new ConcurrentHashMap<>();

  Optional<CaptionRecord> find(String fingerprint) {
    return Optional.ofNullable(landed.get(fingerprint));
  }

  void add(CaptionRecord caption) {
    if (caption.failure() == null) {
      landed.putIfAbsent(caption.fingerprint(), caption);
    }
  }
}
