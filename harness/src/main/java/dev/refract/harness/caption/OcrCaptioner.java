package dev.refract.harness.caption;

import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.ocr.OcrEngine;
import java.util.Map;

/// Describes an image by the text in it, title first, then rows: PP-OCRv4 in this process, offline.
public final class OcrCaptioner implements Captioner {

  private final OcrEngine engine;
  private final int parallelism;

  /// @param parallelism images read at once, at least 1
  public OcrCaptioner(int parallelism) {
    this.engine = new OcrEngine(parallelism);
    this.parallelism = parallelism;
  }

  @Override
  public Map<String, Object> identity() {
    return Map.of("kind", "ocr", "reader", OcrEngine.IDENTITY);
  }

  @Override
  public int concurrency() {
    return parallelism;
  }

  @Override
  public Caption caption(Picture picture) throws RequestException, InterruptedException {
    try {
      return Caption.of(engine.read(ImageDecoder.decode(picture.bytes())));
    } catch (UnreadableImageException e) {
      throw new RequestException("image", picture.name() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
