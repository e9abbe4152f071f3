package dev.refract.harness.doctor;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.load.Load;
import dev.refract.harness.load.LoadShape;
import dev.refract.harness.load.NullServer;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Limits;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.Sampling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// Measures the maximum throughput of this client. With a faster server, a load test would measure
/// the client.
final class ClientLimitBenchmark {

  private static final int CONCURRENT_REQUESTS = 64;
  private static final int IMAGE_BYTES = 150_000; // 200 KB as base64
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final double MIN_REQUESTS_PER_SECOND = 50;

  private ClientLimitBenchmark() {}

  /// Measures against a null server in this process.
  static Diagnostic measure() throws IOException, InterruptedException {
    byte[] image = new byte[IMAGE_BYTES];
    new Random(1).nextBytes(image);
    try (NullServer server = new NullServer(0, 0)) {
      Thread.ofVirtual().start(server::listen);
      ChatClient client =
          new ChatClient(
              new Endpoint(server.baseUrl(), "null", null),
              new ChatClient.ClientOptions(
                  RetryPolicy.NONE,
                  ConcurrencyLimit.fixed(CONCURRENT_REQUESTS),
                  Pace.unlimited(),
                  Limits.NONE,
                  Timeouts.of(WARM_UP.plus(WINDOW)),
                  Budget.NONE,
                  false,
                  Notices.none()),
              new CancellationToken());
      ChatRequest request =
          ChatRequest.seeing(
              List.of(ChatRequest.EncodedImage.of(image, ImageFormat.PNG)),
              "Describe.",
              new Sampling(0, 1, 1, 1));
      Load load =
          new Load(
              (_, _) -> new Load.Request("", () -> client.send(request)),
              new LoadShape.Closed(CONCURRENT_REQUESTS),
              WARM_UP,
              WINDOW,
              new CancellationToken());
      Load.Outcome outcome = load.run();
      long replies = outcome.samples().stream().filter(sample -> sample.reply() != null).count();
      double rate = replies / ((outcome.to() - outcome.from()) / 1e9);
      String found =
          "%.0f requests/s of 200 KB images, with a null server on the same %d processors"
              .formatted(rate, Runtime.getRuntime().availableProcessors());
      return rate < MIN_REQUESTS_PER_SECOND
          ? Diagnostic.note(
              "client limit", found, "with a faster server, load tests measure this client")
          : Diagnostic.fine("client limit", found);
    }
  }
}
