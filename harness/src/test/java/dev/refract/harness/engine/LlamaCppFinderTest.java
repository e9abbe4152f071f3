package dev.refract.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.model.ModelStore;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.manifest.ModelCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaCppFinderTest {

  @TempDir private Path folder;

  @Test
  void aServerOnThePathComesFirst() throws Exception {
    Path program =
        program("llama-server", "echo 'ggml: 1 device'; echo 'version: 6123 (79c1160b)'");
    assertThat(finder(Map.of("PATH", folder.toString())).find())
        .isEqualTo(new LlamaCpp("llama.cpp 6123 (79c1160b)", List.of(program.toString())));
  }

  @Test
  void theServerThatIsNamedComesBeforeThePath() throws Exception {
    program("llama-server", "echo 'version: 1 (a)'");
    Path own = program("mine", "echo 'version: 2 (b)' >&2");
    assertThat(
            finder(Map.of("PATH", folder.toString(), "REFRACT_LLAMA_SERVER", own.toString()))
                .find()
                .version())
        .isEqualTo("llama.cpp 2 (b)");
  }

  @Test
  void aNameThatIsNoProgramIsAnError() {
    assertThatThrownBy(
            () -> finder(Map.of("REFRACT_LLAMA_SERVER", folder.resolve("none").toString())).find())
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContainingAll("REFRACT_LLAMA_SERVER", "expected the program llama-server");
  }

  @Test
  void aProgramWithoutAVersionIsAnError() throws Exception {
    program("llama-server", "echo hello");
    assertThatThrownBy(() -> finder(Map.of("PATH", folder.toString())).find())
        .hasMessageContainingAll("expected a line 'version: ...'", "hello");
  }

  @Test
  void withoutServerAndPythonOneSentenceSaysWhatToInstall() throws Exception {
    assertThatThrownBy(() -> finder(Map.of("PATH", folder.toString())).find())
        .hasMessageContainingAll(
            "found no llama-server on the PATH, and no python3",
            "brew install llama.cpp",
            "install Python 3.10");
    program("python3", "echo 3.8");
    assertThatThrownBy(() -> finder(Map.of("PATH", folder.toString())).find())
        .hasMessageContaining("and Python 3.8;");
  }

  @Test
  void eachPlatformHasItsOwnLibrary() {
    assertThat(LlamaCppFinder.platform("Linux", "amd64")).isEqualTo("linux-x64");
    assertThat(LlamaCppFinder.platform("Mac OS X", "aarch64")).isEqualTo("macos-arm64");
    assertThat(LlamaCppFinder.platform("Windows 11", "amd64")).isEqualTo("windows-11-x64");
    assertThat(List.of("linux-x64", "linux-arm64", "macos-x64", "macos-arm64"))
        .allSatisfy(platform -> assertThat(ModelCatalog.engine(platform)).isPresent());
    assertThat(ModelCatalog.engine("windows-11-x64")).isEmpty();
  }

  private LlamaCppFinder finder(Map<String, String> environment) {
    return new LlamaCppFinder(
        environment, new ModelStore(folder.resolve("models"), Map.of(), System.err));
  }

  private Path program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
