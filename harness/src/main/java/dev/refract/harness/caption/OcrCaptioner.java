package dev.refract.harness.caption;

import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.ocr.OcrEngine;
import dev.refract.harness.os.ModelServer;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;

/// Describes an image by its text, title first, then rows. Runs PP-OCRv6 in this process.
public final class OcrCaptioner implements Captioner {

  private final OcrEngine engine;
  private final int parallelism;

  /// @param models where its networks are; they are fetched if they are missing
  /// @param parallelism number of images read concurrently, at least 1
  public OcrCaptioner(ModelStore models, int parallelism) throws InterruptedException {
    this.engine = new OcrEngine(models, parallelism);
    this.parallelism = parallelism;
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity.Ocr(OcrEngine.IDENTITY);
  }

  @Override
  public ModelIdentity describes() {
    return identity();
  }

  @Override
  public boolean varies() {
    return false;
  }

  @Override
  public boolean takesPrompt() {
    return false;
  }

  @Override
  public ModelServer server() {
    return ModelServer.NONE;
  }

  @Override
  public int concurrency() {
    return parallelism;
  }

  @Override
  public Caption caption(InputImage image) throws RequestException, InterruptedException {
    try {
      return Caption.of(engine.read(ImageDecoder.decode(image.bytes())));
    } catch (UnreadableImageException e) {
      throw new RequestException(FailureKind.IMAGE, image.name() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
