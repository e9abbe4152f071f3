package dev.refract.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir private Path folder;

  @Test
  void onlyFoldersOfProcessesThatAreGoneAreRemoved() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Path abandoned = Files.createDirectory(folder.resolve("refract-slots-" + gone.pid() + "-1"));
    Files.writeString(abandoned.resolve("slot-0.bin"), "x");
    Path used =
        Files.createDirectory(
            folder.resolve("refract-slots-" + ProcessHandle.current().pid() + "-1"));
    Path other = Files.createDirectory(folder.resolve("refract-slots-mine"));
    StateFolder.removeAbandoned(folder);
    assertThat(abandoned).doesNotExist();
    assertThat(used).exists();
    assertThat(other).exists();
  }
}
