package dev.refract.harness.caption;

import dev.refract.harness.engine.LlamaServer;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.ImagePreparation;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.util.List;
import java.util.Map;

/// A vision model on this machine, in llama.cpp's GGUF format.
public final class GgufCaptioner implements Captioner {

  /// llama.cpp decodes JPEG and PNG; other formats are converted, and JPEG too, since one kind of
  /// decoder is enough.
  private static final ImagePreparation PNG = new ImagePreparation(ImageFormat.PNG, null);

  private final LlamaServer server;
  private final Sampling sampling;
  private final ModelIdentity identity;

  /// @param identity engine, weights and sampling
  public GgufCaptioner(LlamaServer server, Sampling sampling, ModelIdentity.Embedded identity) {
    this.server = server;
    this.sampling = sampling;
    this.identity = identity;
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelIdentity describes() {
    return identity;
  }

  @Override
  public boolean varies() {
    return sampling.temperature() > 0;
  }

  @Override
  public boolean takesPrompt() {
    return true;
  }

  @Override
  public ModelServer server() {
    return ModelServer.NONE;
  }

  @Override
  public int concurrency() {
    return server.slots();
  }

  @Override
  public Caption caption(InputImage image) throws RequestException, InterruptedException {
    ChatRequest request =
        ChatRequest.seeing(List.of(image.encoded(PNG)), image.prompt(), sampling)
            .with(Map.of("cache_prompt", false)); // nothing of the image before
    return Caption.of(server.send(request));
  }

  @Override
  public void close() {
    server.close();
  }
}
