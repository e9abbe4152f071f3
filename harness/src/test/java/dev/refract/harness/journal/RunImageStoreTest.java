package dev.refract.harness.journal;

import static org.assertj.core.api.Assertions.assertThat;

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

  @TempDir private Path temporary;
  private Path folder;
  private RunImageStore store;

  @BeforeEach
  void begin() {
    folder = temporary.resolve("a/images");
    store = new RunImageStore(folder);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anImageIsKeptUnderItsDigestAndFormat() throws IOException {
    store.keep("aa", PNG);
    store.keep("bb", JPEG);
    assertThat(names()).containsExactly("aa.png", "bb.jpg");
    assertThat(folder.resolve("aa.png")).hasBinaryContent(PNG);
    assertThat(folder.resolve("bb.jpg")).hasBinaryContent(JPEG);
    assertThat(store.has("aa")).isTrue();
    assertThat(store.has("bb")).isTrue();
    assertThat(store.has("cc")).isFalse();
  }

  @Test
  void whatIsThereIsNotWrittenAgain() throws IOException {
    store.keep("aa", PNG);
    store.keep("aa", new byte[] {(byte) 0x89, 'P', 'N', 'G', 9});
    assertThat(folder.resolve("aa.png")).hasBinaryContent(PNG);
  }

  @Test
  void bytesThatAreNoImageLeaveNotEvenAFolder() throws IOException {
    store.keep("aa", new byte[] {1, 2, 3});
    store.keep("bb", new byte[0]);
    assertThat(folder).doesNotExist();
    assertThat(store.has("aa")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "webp", "bmp", "tif"})
  void anImageOfAnyFormatIsThere(String extension) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("aa." + extension), PNG);
    assertThat(store.has("aa")).isTrue();
  }

  @Test
  void halfAnImageIsNone() throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("aa.1-1.part"), PNG);
    assertThat(store.has("aa")).isFalse();
    store.keep("aa", PNG);
    assertThat(store.has("aa")).isTrue();
  }
}
