package dev.refract.reports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where results are written that a user named a file for.
class OutputFileTest {

  @TempDir private Path folder;

  private OutputFile output(String name) {
    return new OutputFile("--json", folder.resolve(name));
  }

  @Test
  void aFileIsReplacedWithItsFoldersAndNothingIsLeftBeside() throws IOException {
    output("a/b/r.json").write("one");
    output("a/b/r.json").write("two");
    assertThat(folder.resolve("a/b/r.json")).hasContent("two");
    try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aLinkStaysALinkAndItsTargetIsReplaced() throws IOException {
    Files.writeString(folder.resolve("to"), "old");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("to"));
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("new"));
    output("link").write("x");
    output("dangling").write("y");
    assertThat(folder.resolve("link")).isSymbolicLink();
    assertThat(folder.resolve("to")).hasContent("x");
    assertThat(folder.resolve("dangling")).isSymbolicLink();
    assertThat(folder.resolve("new")).hasContent("y");
    Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    assertThatThrownBy(() -> output("circle").write("z")).isInstanceOf(IOException.class);
  }

  @Test
  void aPipeIsWrittenThroughAndNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(() -> {
          try {
            return Files.readString(pipe);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    output("pipe").clear();
    output("pipe").write("through");
    assertThat(read.get()).isEqualTo("through");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void anInputIsNeverAnOutputUnderAnyName() throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path policy = Files.writeString(folder.resolve("gate.yaml"), "alpha: 1");
    Files.createSymbolicLink(folder.resolve("link.yaml"), policy);
    Files.createSymbolicLink(folder.resolve("other-name"), run);
    Files.createLink(folder.resolve("hard.yaml"), policy);
    List<Path> inputs = List.of(policy, run);
    for (String name :
        List.of(
            "gate.yaml",
            "./x/../gate.yaml",
            "link.yaml",
            "hard.yaml",
            "run/items.jsonl",
            "run/new/file",
            "other-name/summary.json")) {
      assertThat(output(name).overwritten(inputs)).as(name).isPresent();
    }
    assertThat(output("gate.json").overwritten(inputs)).isEmpty();
    assertThat(output("runs/gate.yaml").overwritten(inputs)).isEmpty();
    assertThat(output("missing").overwritten(List.of(folder.resolve("missing")))).isPresent();
  }

  @Test
  void anEarlierResultIsClearedAndADeviceIsLeft() throws IOException {
    output("r").write("old");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("to"));
    output("link").write("old");
    output("r").clear();
    output("link").clear();
    assertThat(folder.resolve("r")).doesNotExist();
    assertThat(folder.resolve("link")).isSymbolicLink();
    assertThat(folder.resolve("to")).isEmptyFile();
    Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
    output("null").clear();
    output("null").write("x");
    assertThat(Path.of("/dev/null")).exists();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }
}
