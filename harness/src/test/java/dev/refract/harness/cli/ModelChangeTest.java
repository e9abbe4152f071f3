package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refract.harness.dataset.Fixtures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other weights behind the same name and address, as `/v1/models` tells them.
class ModelChangeTest {

  @TempDir private Path folder;
  private HttpServer server;
  private volatile String root = "/ckpt/step-400";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      Files.write(folder.resolve(i + ".png"), Fixtures.png(i));
      lines.append(
          "{\"question_id\":\"%d\",\"image\":\"%d.png\",\"question\":\"Why?\",\"answers\":[\"7\"],\"metric\":\"anls\"}%n"
              .formatted(i, i));
    }
    Files.writeString(folder.resolve("questions.jsonl"), lines);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean models = exchange.getRequestURI().getPath().equals("/v1/models");
      boolean page = exchange.getRequestMethod().equals("GET");
      byte[] body =
          (models
                  ? "{\"data\":[{\"id\":\"m\",\"root\":\"%s\",\"owned_by\":\"vllm\",\"max_model_len\":4096}]}"
                      .formatted(root)
                  : "{\"choices\":[{\"message\":{\"content\":\"7\"},\"finish_reason\":\"stop\"}]}")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(page && !models ? 404 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Refract.Result run(String name, String budget, String... more) {
    String model =
        "base_url=http://127.0.0.1:%d/v1,model=m".formatted(server.getAddress().getPort());
    Object[] command = {
      "run",
      "--dataset",
      folder,
      "--captioner",
      "openai:id=c," + model + budget,
      "--answerer",
      "openai:" + model,
      "--out",
      folder.resolve(name)
    };
    Object[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return Refract.run(all);
  }

  private String record(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("c/run.json"));
  }

  @Test
  void a_run_that_continues_on_other_weights_is_stopped_with_both_values() throws IOException {
    assertThat(run("runs", ",max_requests=3").exitCode()).isEqualTo(5);
    assertThat(record("runs")).contains("/ckpt/step-400");
    root = "/ckpt/step-500";
    Refract.Result refused = run("runs", "");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("/ckpt/step-400", "/ckpt/step-500", "--allow-model-change");
    root = "/ckpt/step-400";
    assertThat(run("runs", "").exitCode()).isZero();
  }

  @Test
  void a_finished_run_is_not_shown_as_the_result_of_other_weights() {
    assertThat(run("runs", "").exitCode()).isZero();
    assertThat(run("runs", "").exitCode()).isZero();
    root = "/ckpt/step-500";
    assertThat(run("runs", "").exitCode()).isEqualTo(2);
  }

  @Test
  void an_allowed_change_is_shown_in_the_record_and_in_comparisons() throws IOException {
    assertThat(run("old", "").exitCode()).isZero();
    assertThat(run("new", ",max_requests=3").exitCode()).isEqualTo(5);
    root = "/ckpt/step-500";
    assertThat(run("new", "", "--allow-model-change").exitCode()).isZero();
    assertThat(record("new")).contains("/ckpt/step-400", "/ckpt/step-500");
    Refract.Result compared =
        Refract.run("compare", folder.resolve("old/c"), folder.resolve("new/c"));
    assertThat(compared.out())
        .contains("changed while c was made", "root was /ckpt/step-400, is now /ckpt/step-500");
  }
}
