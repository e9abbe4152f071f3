package dev.refract.harness.run;

import dev.refract.harness.caption.Caption;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.Picture;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.llm.Usage;
import dev.refract.harness.run.RunPlan.PlannedCaption;
import dev.refract.reports.result.CaptionRecord;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks a captioner what neither the journal nor another run holds.
///
/// @param alarm that hears of every outcome
record Captioning(
    Captioner captioner,
    Journal<CaptionRecord> captions,
    ImageStore store,
    KnownCaptions known,
    Alarm alarm) {

  /// @param query what the captioner is told to look at besides, or null
  /// @return false when it is not known what becomes of it, since the run is stopping
  boolean caption(String dataset, PlannedCaption planned, @Nullable String query)
      throws InterruptedException, IOException {
    ImageFile image = planned.shown();
    boolean landed = captions.has(planned.fingerprint());
    if (landed && store.has(image.identity())) {
      return true;
    }
    byte[] bytes = image.bytes();
    store.keep(image.identity(), bytes);
    if (!landed) {
      Optional<CaptionRecord> other = known.find(dataset, planned);
      try {
        captions.append(other.isPresent() ? other.get() : asked(dataset, planned, query, bytes));
      } catch (StoppedException _) {
        return false;
      }
    }
    return true;
  }

  private CaptionRecord asked(
      String dataset, PlannedCaption planned, @Nullable String query, byte[] bytes)
      throws StoppedException, InterruptedException {
    ImageFile image = planned.shown();
    Picture picture =
        new Picture(image.name(), image.identity(), bytes, planned.description(), planned.prompt());
    Attempt<Caption> attempt = Attempt.of(() -> captioner.caption(picture));
    alarm.heard(attempt.failure());
    return record(dataset, planned, query, attempt);
  }

  /// As it is journalled.
  static CaptionRecord record(
      String dataset, PlannedCaption planned, @Nullable String query, Attempt<Caption> attempt) {
    ImageFile image = planned.shown();
    Caption caption = attempt.value();
    Usage usage = caption == null ? Usage.UNKNOWN : caption.usage();
    return new CaptionRecord(
        planned.fingerprint(),
        dataset,
        image.name(),
        image.identity(),
        planned.sample(),
        query == null ? null : planned.prompt(),
        caption == null ? null : caption.text(),
        caption == null ? null : caption.finishReason(),
        usage.input(),
        usage.image(),
        usage.output(),
        usage.tokenizer(),
        attempt.failure(),
        Attempt.orNull(caption == null ? attempt.retried() : caption.retried()),
        attempt.startedMillis(),
        attempt.seconds());
  }

  static byte[] bytes(ImageFile image) throws RequestException {
    try {
      return image.bytes();
    } catch (IOException e) {
      throw new RequestException("image", image.name() + " cannot be read: " + e.getMessage());
    }
  }
}
