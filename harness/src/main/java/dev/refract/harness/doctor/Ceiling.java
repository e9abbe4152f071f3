package dev.refract.harness.doctor;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.Budget;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.ConcurrencyLimit;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.Limits;
import dev.refract.harness.llm.RetryPolicy;
import dev.refract.harness.load.Load;
import dev.refract.harness.load.LoadShape;
import dev.refract.harness.load.NullServer;
import dev.refract.harness.os.Halt;
import dev.refract.manifest.Sampling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// The most that this client can do: a server that is faster measures the client.
final class Ceiling {

  private static final int USERS = 64;
  private static final int IMAGE_BYTES = 150_000; // 200 KB as base64
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final double FEW = 50;

  private Ceiling() {}

  /// Against a server in this process that does next to nothing.
  static Finding measure() throws IOException, InterruptedException {
    byte[] image = new byte[IMAGE_BYTES];
    new Random(1).nextBytes(image);
    try (NullServer server = new NullServer(0, 0)) {
      Thread.ofVirtual().start(server::listen);
      ChatClient client =
          new ChatClient(
              new Endpoint(server.baseUrl(), "null", null, Endpoint.Dialect.VLLM),
              new ChatClient.Conduct(
                  RetryPolicy.NONE,
                  ConcurrencyLimit.fixed(USERS),
                  Limits.of(WARM_UP.plus(WINDOW)),
                  Budget.NONE,
                  false),
              new Halt());
      ChatRequest request =
          ChatRequest.seeing(
              List.of(ChatRequest.Picture.of(image, ImageFormat.PNG)),
              "Describe.",
              new Sampling(0, 1, 1, 1));
      Load load =
          new Load(
              (_, _) -> new Load.Request("", () -> client.send(request)),
              new LoadShape.Closed(USERS),
              WARM_UP,
              WINDOW,
              new Halt());
      Load.Outcome outcome = load.run();
      long landed = outcome.shots().stream().filter(shot -> shot.reply() != null).count();
      double rate = landed / ((outcome.to() - outcome.from()) / 1e9);
      String found =
          "%.0f requests/s of 200 KB images, by a null server on the same %d processors"
              .formatted(rate, Runtime.getRuntime().availableProcessors());
      return rate < FEW
          ? Finding.note("client's ceiling", found, "a faster server measures this client instead")
          : Finding.fine("client's ceiling", found);
    }
  }
}
