package dev.refract.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.CancellationToken;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.FailureKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// llama.cpp itself, with a tiny model.
class LlamaServerTest {

  private static final Sampling GREEDY = new Sampling(0, 1, 1, 8);
  private static final ChatRequest HELLO = ChatRequest.of(null, "Hello", GREEDY);

  @TempDir private static Path folder;
  private static TinyModel model;

  @BeforeAll
  static void makeTheModel() throws Exception {
    model = TinyModel.in(folder);
  }

  @Test
  void itStartsWithTheFirstRequestAndClosingLeavesNoProcess() throws Exception {
    List<ProcessHandle> before = children();
    List<ProcessHandle> started;
    try (LlamaServer server = model.server(1, false)) {
      assertThat(children()).isEqualTo(before);
      ChatReply reply = server.send(HELLO);
      assertThat(reply.text()).isNotBlank();
      assertThat(reply.usage().output()).isEqualTo(8);
      started = children().stream().filter(child -> !before.contains(child)).toList();
      assertThat(started).isNotEmpty();
    }
    for (ProcessHandle child : started) {
      child.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(children()).isEqualTo(before);
  }

  @Test
  void aRequestThatFindsItsServerKilledIsAnsweredByANewOne() throws Exception {
    try (LlamaServer server = model.server(1, false)) {
      String first = server.send(HELLO).text();
      ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).forEach(this::kill);
      assertThat(server.send(HELLO).text()).isEqualTo(first);
    }
  }

  private void kill(ProcessHandle child) {
    if (child.info().commandLine().orElse("").contains("xllamacpp")
        || child.info().command().orElse("").endsWith("llama-server")) {
      child.destroyForcibly();
    }
  }

  @Test
  void aFileThatIsNoModelStopsTheRunWithWhatLlamaCppSays() throws Exception {
    Path file = Files.writeString(folder.resolve("not.gguf"), "GGUF and no more");
    CancellationToken cancellation = new CancellationToken();
    try (LlamaServer server =
        new LlamaServer(
            TinyModel.program(), new LlamaServer.Model(file, null, 512, 1), cancellation)) {
      assertThatThrownBy(() -> server.send(HELLO))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.MODEL))
          .hasMessageContainingAll("cannot load", "not.gguf", "failed")
          .hasMessageNotContaining("Traceback");
    }
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void aPromptThatIsTooLongIsAFailureOfItsOwn() throws Exception {
    try (LlamaServer server = model.server(1, false)) {
      ChatRequest longer = ChatRequest.of(null, "word ".repeat(9_000), GREEDY);
      assertThatThrownBy(() -> server.send(longer))
          .isInstanceOfSatisfying(
              RequestException.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.CONTEXT));
      assertThat(server.send(HELLO).text()).isNotBlank();
    }
  }

  @Test
  void aClosedServerIsNotStartedAgain() throws Exception {
    LlamaServer server = model.server(1, false);
    server.close();
    assertThatThrownBy(() -> server.send(HELLO)).hasMessageContaining("closed");
  }

  private static List<ProcessHandle> children() throws InterruptedException {
    Thread.sleep(Duration.ofMillis(50)); // short-lived ones, such as `sleep` of the guard
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(child -> !child.info().command().orElse("").endsWith("sleep"))
        .toList();
  }
}
