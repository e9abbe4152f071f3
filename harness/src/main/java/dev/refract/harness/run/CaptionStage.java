package dev.refract.harness.run;

import dev.refract.harness.caption.Caption;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.InputImage;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dispatch.StageWatch;
import dev.refract.harness.dispatch.TimedCall;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.journal.RunImageStore;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.StoppedException;
import dev.refract.harness.llm.Usage;
import dev.refract.harness.plan.PlannedCaption;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Requests the captions that neither the journal nor another run contains.
///
/// @param watch notified of every outcome
record CaptionStage(
    Captioner captioner,
    Journal<CaptionRecord> captions,
    RunImageStore store,
    CaptionSource source,
    StageWatch watch) {

  /// @param query what the captioner must also look at, or null
  /// @return false when the caption was not requested because the run is stopping
  boolean caption(String dataset, PlannedCaption planned, @Nullable String query)
      throws InterruptedException, IOException {
    ImageFile image = planned.shown();
    boolean captioned = captions.has(planned.fingerprint());
    if (captioned && store.has(image.identity())) {
      return true;
    }
    byte[] bytes = image.bytes();
    store.keep(image.identity(), bytes);
    if (!captioned) {
      Optional<CaptionRecord> other = source.find(dataset, planned);
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
    InputImage picture =
        new InputImage(
            image.name(), image.identity(), bytes, planned.description(), planned.prompt());
    TimedCall<Caption> attempt = TimedCall.of(() -> captioner.caption(picture));
    CaptionRecord record = record(dataset, planned, query, attempt);
    watch.record(record);
    return record;
  }

  /// The journal record of a caption request.
  static CaptionRecord record(
      String dataset, PlannedCaption planned, @Nullable String query, TimedCall<Caption> attempt) {
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
        caption == null ? Ending.UNKNOWN : caption.ending(),
        usage.recorded(),
        attempt.failure(),
        TimedCall.orNull(caption == null ? attempt.retried() : caption.retried()),
        attempt.time());
  }

  static byte[] bytes(ImageFile image) throws RequestException {
    try {
      return image.bytes();
    } catch (IOException e) {
      throw new RequestException(
          FailureKind.IMAGE, image.name() + " cannot be read: " + e.getMessage());
    }
  }
}
