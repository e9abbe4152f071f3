package dev.refract.harness.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDigestTest {

  @TempDir private Path folder;
  private final List<String> read = Collections.synchronizedList(new ArrayList<>());
  private Path checkpoint = Path.of("");

  @BeforeEach
  void write() throws IOException {
    checkpoint = Files.createDirectories(folder.resolve("step-500"));
    Files.writeString(checkpoint.resolve("model-1.safetensors"), "weights one");
    Files.writeString(checkpoint.resolve("model-2.safetensors"), "weights two");
    Files.writeString(checkpoint.resolve("config.json"), "{}");
    Files.writeString(checkpoint.resolve("optimizer.pt"), "not part of it");
  }

  @Test
  void aFileHasItsOwnSha256() throws IOException {
    Path file = checkpoint.resolve("model-1.safetensors");
    assertThat(digest(file))
        .isEqualTo("sha256:" + Sha256.of("weights one".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void weightsAndTheirConfigurationCountButFolderNamesDoNot() throws IOException {
    String before = digest(checkpoint);
    Files.writeString(checkpoint.resolve("optimizer.pt"), "changed");
    assertThat(digest(checkpoint)).isEqualTo(before);
    Path moved = Files.move(checkpoint, folder.resolve("renamed"));
    assertThat(digest(moved)).isEqualTo(before);
    Files.writeString(moved.resolve("config.json"), "{\"rope\": 2}");
    assertThat(digest(moved)).isNotEqualTo(before);
  }

  @Test
  void onlyFilesThatChangedAreReadAgain() throws IOException {
    String before = digest(checkpoint);
    assertThat(read).hasSize(3);
    assertThat(digest(checkpoint)).isEqualTo(before);
    assertThat(read).hasSize(3);
    Path shard = checkpoint.resolve("model-2.safetensors");
    FileTime later = FileTime.fromMillis(Files.getLastModifiedTime(shard).toMillis() + 5);
    Files.writeString(shard, "weights TWO");
    Files.setLastModifiedTime(shard, later);
    assertThat(digest(checkpoint)).isNotEqualTo(before);
    assertThat(read).hasSize(4);
  }

  @Test
  void aFolderWithoutWeightsIsRefused() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> digest(empty)).hasMessageContaining("expected weights");
    assertThatThrownBy(() -> digest(folder.resolve("nowhere"))).hasMessageContaining("no such");
  }

  private String digest(Path of) throws IOException {
    return new CheckpointDigest(folder.resolve("cache")).of(of, read::add);
  }
}
