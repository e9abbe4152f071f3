package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `refract`, with a Java that only prints its arguments and a jar that is newer than
/// all sources.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Path lib = Files.createDirectories(folder.resolve("harness/target/dist/lib"));
    for (String module : new String[] {"datasets-manifest", "reports", "harness", "benchmarks"}) {
      Files.createDirectories(folder.resolve(module + "/src/main"));
      Files.createFile(folder.resolve(module + "/pom.xml"));
    }
    Files.createFile(folder.resolve("pom.xml"));
    Files.copy(Path.of("../refract"), folder.resolve("refract"));
    Files.createDirectories(folder.resolve("jdk/bin"));
    Path java = folder.resolve("jdk/bin/java");
    Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.createFile(lib.resolve("refract.jar"));
  }

  private String printed(String version, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    ProcessBuilder process =
        new ProcessBuilder("bash", folder.resolve("refract").toString(), "compare");
    process.environment().keySet().removeIf(name -> name.contains("OPTIONS"));
    process.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    process.environment().putAll(environment);
    Process launched = process.redirectErrorStream(true).start();
    String text = new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launched.waitFor()).isZero();
    return text.lines().reduce((_, last) -> last).orElse("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25", "25.0.1", "25.0.2", "25.0.2.0.101"})
  void anotherCollectorIsChosenWhereG1MovesPinnedObjects(String version) throws Exception {
    assertThat(printed(version, Map.of())).contains(" -XX:+UseParallelGC ").endsWith(" compare");
  }

  @ParameterizedTest
  @ValueSource(strings = {"25.0.3", "25.1", "26"})
  void aMendedJavaKeepsItsCollector(String version) throws Exception {
    assertThat(printed(version, Map.of())).doesNotContain("GC").endsWith(" compare");
  }

  @Test
  void theUsersChoiceOfACollectorStays() throws Exception {
    assertThat(printed("25.0.1", Map.of("JAVA_TOOL_OPTIONS", "-Xmx2g -XX:+UseZGC")))
        .doesNotContain("ParallelGC");
  }
}
