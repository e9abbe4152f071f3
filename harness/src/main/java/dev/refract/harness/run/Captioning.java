package dev.refract.harness.run;

import dev.refract.harness.caption.Caption;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.Picture;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.run.RunPlan.PlannedCaption;
import dev.refract.reports.result.CaptionRecord;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks a captioner what neither the journal nor another run of the same command holds.
record Captioning(
    Captioner captioner, Journal<CaptionRecord> captions, ImageStore store, CaptionPool pool) {

  /// @param query what the captioner is told to look at besides, or null
  void caption(String dataset, PlannedCaption planned, @Nullable String query)
      throws InterruptedException, IOException {
    ImageFile image = planned.shown();
    Optional<CaptionRecord> landed = captions.landed(planned.fingerprint());
    boolean kept = store.has(image.identity());
    if (landed.isEmpty() || !kept) {
      byte[] bytes = image.bytes();
      store.keep(image.identity(), bytes);
      if (landed.isEmpty()) {
        Optional<CaptionRecord> other = pool.find(planned.fingerprint());
        CaptionRecord record =
            other.isPresent() ? other.get().reused() : asked(dataset, planned, query, bytes);
        captions.append(record);
        landed = Optional.of(record);
      }
    }
    pool.add(landed.get());
  }

  private CaptionRecord asked(
      String dataset, PlannedCaption planned, @Nullable String query, byte[] bytes)
      throws InterruptedException {
    ImageFile image = planned.shown();
    Picture picture = new Picture(image.name(), bytes, planned.description(), planned.prompt());
    Attempt<Caption> attempt = Attempt.of(() -> captioner.caption(picture));
    Caption caption = attempt.value();
    return new CaptionRecord(
        planned.fingerprint(),
        dataset,
        image.name(),
        image.identity(),
        planned.sample(),
        query == null ? null : planned.prompt(),
        caption == null ? null : caption.text(),
        caption == null ? null : caption.finishReason(),
        caption == null ? null : caption.outputTokens(),
        attempt.failure(),
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
