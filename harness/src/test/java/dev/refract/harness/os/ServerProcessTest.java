package dev.refract.harness.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.refract.harness.net.Access;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A started server is the one that answers, and nothing of it stays. Real processes.
@Timeout(60)
class ServerProcessTest {

  private static final String NOBODY = "http://127.0.0.1:9/v1";

  @TempDir private Path folder;
  private final CancellationToken cancellation = new CancellationToken();

  private ServerProcess start(String address, String command, @Nullable String ready)
      throws IOException, InterruptedException {
    return new ModelServer(
            List.of(address),
            Access.OPEN,
            new ServerCommands(command, ready, null),
            ModelServer.NONE.live())
        .start(folder.resolve("log"), cancellation);
  }

  private String pid(String name) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    while (!Files.exists(file) || Files.readString(file).isBlank()) {
      Thread.sleep(20);
    }
    return Files.readString(file).strip();
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void awaitEnd(String pid) throws InterruptedException {
    while (isAlive(pid)) {
      Thread.sleep(20);
    }
  }

  @Test
  void an_address_that_answers_before_the_start_is_refused() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    other.start();
    try {
      String address = "http://127.0.0.1:%d/v1".formatted(other.getAddress().getPort());
      Path started = folder.resolve("started");
      assertThatThrownBy(() -> start(address, "touch " + started, "true"))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining(address)
          .hasMessageContaining("already answers");
      assertThat(started).doesNotExist();
    } finally {
      other.stop(0);
    }
  }

  @Test
  void a_server_that_exits_is_not_ready_whatever_answers() {
    assertThatThrownBy(() -> start(NOBODY, "sleep 0.2; exit 98", "sleep 1"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("98");
  }

  @Test
  void closing_ends_the_server_with_its_children() throws Exception {
    Path child = folder.resolve("child");
    ServerProcess server =
        start(NOBODY, "sleep 300 & echo $! > " + child + "; wait", "test -s " + child);
    String pid = pid("child");
    assertThat(isAlive(pid)).isTrue();
    server.close();
    awaitEnd(pid);
  }

  @Test
  void closing_ends_a_server_that_its_command_left_in_the_background() throws Exception {
    Path child = folder.resolve("child");
    ServerProcess server = start(NOBODY, "sleep 300 & echo $! > " + child, "test -s " + child);
    String pid = pid("child");
    server.close();
    awaitEnd(pid);
  }

  @Test
  void a_server_that_dies_under_a_run_stops_the_run() throws Exception {
    ServerProcess server = start(NOBODY, "sleep 1.5; exit 7", "true");
    while (!cancellation.isCancelled()) {
      Thread.sleep(20);
    }
    assertThat(Objects.requireNonNull(cancellation.reason()).words()).contains("code 7");
    server.close();
  }

  @Test
  void a_killed_refract_leaves_no_server() throws Exception {
    String guard =
        new String(
            Objects.requireNonNull(ServerProcess.class.getResourceAsStream("guard.sh"))
                .readAllBytes(),
            StandardCharsets.UTF_8);
    Path child = folder.resolve("child");
    // This process holds the other end of the guard's input, as refract does, and is killed.
    Process parent =
        new ProcessBuilder(
                "sh",
                "-c",
                "mkfifo p; sh -c \"$1\" guard \"$2\" < p & exec 9> p; exec sleep 300",
                "sh",
                guard,
                "echo $$ > " + child + "; sleep 300")
            .directory(folder.toFile())
            .start();
    String pid = pid("child");
    assertThat(isAlive(pid)).isTrue();
    parent.destroyForcibly();
    awaitEnd(pid);
  }
}
