package dev.refract.harness.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.FileProblem.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/// The words for files that cannot be read or written.
class FileProblemTest {

  @Test
  void aFileWhereAFolderIsNeededIsThePathsFault() {
    assertThat(FileProblem.of(new FileAlreadyExistsException("out")))
        .isEqualTo(
            new FileProblem(
                Kind.PATH, "out: a file is where a folder is needed; name another path"));
  }

  @Test
  void aPathThatIsNotThereOrMayNotBeReadIsNamed() {
    assertThat(FileProblem.of(new NoSuchFileException("a.json")))
        .isEqualTo(new FileProblem(Kind.PATH, "a.json: no such file or folder"));
    assertThat(FileProblem.of(new AccessDeniedException("a.json")))
        .isEqualTo(new FileProblem(Kind.PATH, "a.json: permission denied"));
  }

  @Test
  void aFullDiskIsSaidWithWhatToDo() {
    for (IOException e :
        new IOException[] {
          new IOException("No space left on device"),
          new FileSystemException("items.jsonl", null, "No space left on device"),
          new IOException("Disk quota exceeded")
        }) {
      assertThat(FileProblem.of(e).kind()).isEqualTo(Kind.ROOM);
      assertThat(FileProblem.of(e).message())
          .contains("no space is left on the disk", "run the same command again");
    }
    assertThat(
            FileProblem.of(new FileSystemException("items.jsonl", null, "No space left on device"))
                .message())
        .startsWith("items.jsonl: ");
  }

  @Test
  void whatIsUnknownIsShownAsItIs() {
    assertThat(FileProblem.of(new IOException("Stale file handle")))
        .isEqualTo(
            new FileProblem(
                Kind.OTHER, "cannot read or write: java.io.IOException: Stale file handle"));
    assertThat(FileProblem.of(new IOException((String) null)).kind()).isEqualTo(Kind.OTHER);
  }
}
