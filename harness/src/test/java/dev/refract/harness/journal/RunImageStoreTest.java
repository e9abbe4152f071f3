package dev.refract.harness.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which images are kept, under which names.
class RunImageStoreTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 7};

  private static final String AA = "a".repeat(64);
  private static final String BB = "b".repeat(64);
  private static final String CC = "c".repeat(64);

  @TempDir private Path temporary;
  private Path folder;
  private RunImageStore store;

  @BeforeEach
  void begin() {
    RunFile run = new RunFile(temporary.resolve("a/run"));
    folder = run.imageFolder();
    store = new RunImageStore(run);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anImageIsKeptUnderItsDigestAndFormat() throws IOException {
    store.keep(AA, PNG);
    store.keep(BB, JPEG);
    assertThat(names()).containsExactly(AA + ".png", BB + ".jpg");
    assertThat(folder.resolve(AA + ".png")).hasBinaryContent(PNG);
    assertThat(folder.resolve(BB + ".jpg")).hasBinaryContent(JPEG);
    assertThat(store.has(AA)).isTrue();
    assertThat(store.has(BB)).isTrue();
    assertThat(store.has(CC)).isFalse();
  }

  @Test
  void whatIsThereIsNotWrittenAgain() throws IOException {
    store.keep(AA, PNG);
    store.keep(AA, new byte[] {(byte) 0x89, 'P', 'N', 'G', 9});
    assertThat(folder.resolve(AA + ".png")).hasBinaryContent(PNG);
  }

  @Test
  void bytesThatAreNoImageLeaveNotEvenAFolder() throws IOException {
    store.keep(AA, new byte[] {1, 2, 3});
    store.keep(BB, new byte[0]);
    assertThat(folder).doesNotExist();
    assertThat(store.has(AA)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "webp", "bmp", "tif"})
  void anImageOfAnyFormatIsThere(String extension) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(AA + "." + extension), PNG);
    assertThat(store.has(AA)).isTrue();
  }

  @Test
  void halfAnImageIsNone() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(AA + ".1-1.part"), PNG);
    assertThat(store.has(AA)).isFalse();
    store.keep(AA, PNG);
    assertThat(store.has(AA)).isTrue();
  }
}
