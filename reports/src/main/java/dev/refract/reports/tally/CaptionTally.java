package dev.refract.reports.tally;

import dev.refract.reports.caption.CaptionText;
import dev.refract.reports.caption.ControlTokens;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.stats.Estimate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Counts the properties of a run's captions, one caption at a time. Sums are integers, so that
/// they do not depend on the order.
public final class CaptionTally {

  private final Set<String> truncated = new HashSet<>();
  private final MeterTally meter = new MeterTally();
  private final EndTally ends = new EndTally();
  private int written;
  private int failed;
  private long words;
  private long pieces;
  private long tokens;
  private int counted;
  private int looping;
  private int meta;
  private int controlTokens;
  private int withControlTokens;

  /// The tally of captions that are all in memory.
  public static CaptionTally of(Collection<CaptionRecord> captions) {
    CaptionTally tally = new CaptionTally();
    captions.forEach(tally::add);
    return tally;
  }

  /// @param caption with a fingerprint that was not added before
  public void add(CaptionRecord caption) {
    meter.add(caption);
    String text = caption.text();
    if (text == null) {
      failed++;
      return;
    }
    written++;
    words += CaptionText.words(text);
    pieces += CaptionText.pieces(text);
    looping += CaptionText.loops(text) ? 1 : 0;
    meta += CaptionText.isMeta(text) ? 1 : 0;
    int control = ControlTokens.count(text);
    controlTokens += control;
    withControlTokens += control > 0 ? 1 : 0;
    if (caption.tokens().outputTokens() != null) {
      tokens += caption.tokens().outputTokens();
      counted++;
    }
    ends.add(text, caption.ending(), caption.ending().thoughts() != null);
    if (caption.isTruncated()) {
      truncated.add(caption.fingerprint());
    }
  }

  /// Fingerprints of captions that ended at the token limit.
  Set<String> truncated() {
    return truncated;
  }

  /// The speed of captioning.
  MeterTally meter() {
    return meter;
  }

  CaptionHealth health(Estimate withoutTruncated) {
    return new CaptionHealth(
        written,
        failed,
        written == 0 ? 0 : (double) words / written,
        written == 0 ? 0 : (double) pieces / written,
        counted == 0 ? null : Double.valueOf((double) tokens / counted),
        ends.ends(),
        looping,
        meta,
        controlTokens,
        withControlTokens,
        withoutTruncated);
  }
}
