package dev.refract.harness.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One writer to a folder, who is named to any other.
class RunLockTest {

  private static final String PID = String.valueOf(ProcessHandle.current().pid());

  @TempDir private Path folder;

  @Test
  void theFileNamesTheProcess() throws IOException {
    try (RunLock _ = RunLock.take(folder)) {
      assertThat(folder.resolve("run.lock")).hasContent(PID + "\n");
    }
  }

  @Test
  void aSecondWriterIsToldFolderAndProcess() throws IOException {
    try (RunLock _ = RunLock.take(folder)) {
      assertThatThrownBy(() -> RunLock.take(folder))
          .isInstanceOf(RunException.class)
          .hasMessageContainingAll(folder.toString(), "process " + PID);
      assertThat(folder.resolve("run.lock")).hasContent(PID + "\n");
    }
  }

  @Test
  void whatIsClosedCanBeTakenAgain() throws IOException {
    RunLock.take(folder).close();
    RunLock.take(folder).close();
    assertThat(folder.resolve("run.lock")).hasContent(PID + "\n");
  }

  @Test
  void theNumberOfAnEarlierProcessIsReplacedAsAWhole() throws IOException {
    Files.writeString(folder.resolve("run.lock"), "999999999999999\n");
    try (RunLock _ = RunLock.take(folder)) {
      assertThat(folder.resolve("run.lock")).hasContent(PID + "\n");
    }
  }

  @Test
  void twoFoldersHaveALockEach() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (RunLock _ = RunLock.take(folder);
        RunLock _ = RunLock.take(other)) {
      assertThat(other.resolve("run.lock")).exists();
    }
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> RunLock.take(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
