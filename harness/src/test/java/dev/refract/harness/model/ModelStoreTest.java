package dev.refract.harness.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.fetch.LoopbackHub;
import dev.refract.harness.fetch.LoopbackHub.Fault;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.ModelManifest.HubFile;
import dev.refract.manifest.ModelManifest.Source;
import dev.refract.reports.file.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

  private static final byte[] WEIGHTS = new byte[300_000];
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  static {
    new Random(5).nextBytes(WEIGHTS);
  }

  @TempDir private Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private LoopbackHub hub = hub();

  private static LoopbackHub hub() {
    try {
      return new LoopbackHub();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void fill() {
    hub.put("some/repo", "weights.gguf", WEIGHTS);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void weightsAreFetchedVerifiedAndTheLicenceIsShown() throws Exception {
    Path file = store().fetch(model(Sha256.of(WEIGHTS)));
    assertThat(Files.readAllBytes(file)).isEqualTo(WEIGHTS);
    assertThat(hub.requests().getFirst().path())
        .isEqualTo("/some/repo/resolve/" + COMMIT + "/weights.gguf");
    int asked = hub.requests().size();
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("licence MIT");
    store().fetch(model(Sha256.of(WEIGHTS)));
    assertThat(hub.requests()).hasSize(asked);
  }

  @Test
  void anInterruptedDownloadResumesWhereItStopped() throws Exception {
    hub.faults(request -> request.isForBytes() ? Fault.cut(100_000) : Fault.NONE);
    Path file = store().fetch(model(Sha256.of(WEIGHTS)));
    assertThat(Files.readAllBytes(file)).isEqualTo(WEIGHTS);
    assertThat(hub.bytesSent()).isLessThan(2L * WEIGHTS.length);
  }

  @Test
  void wrongBytesAreRejectedAndNotKept() {
    ModelManifest other = model("0".repeat(64));
    assertThatThrownBy(() -> store().fetch(other))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("sha256:" + Sha256.of(WEIGHTS))
        .hasMessageContaining("--answerer openai:");
    assertThat(store().has(other)).isFalse();
    assertThat(store().file(other)).doesNotExist();
  }

  @Test
  void weightsThatWereChangedInTheCacheAreRefusedEvenWithTheirOldTimes() throws Exception {
    ModelManifest model = model(Sha256.of(WEIGHTS));
    Path file = store().fetch(model);
    store().fetch(model);
    FileTime written = Files.getLastModifiedTime(file);
    byte[] changed = WEIGHTS.clone();
    changed[200_000] ^= 1;
    Files.write(file, changed);
    Files.setLastModifiedTime(file, written);
    assertThatThrownBy(() -> store().fetch(model))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(Sha256.of(changed))
        .hasMessageContaining("delete the file");
    Files.delete(file);
    assertThat(store().fetch(model)).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aBranchIsNoRevisionOfWeights() {
    assertThatThrownBy(() -> new HubFile("some/repo", "main", "weights.gguf"))
        .hasMessageContaining("expected a commit");
  }

  private ModelStore store() {
    return new ModelStore(
        folder.resolve("models"),
        Map.of("HF_ENDPOINT", hub.endpoint(), "HF_HOME", folder.resolve("hf").toString()),
        new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private static ModelManifest model(String sha256) {
    return new ModelManifest(
        "tiny",
        "Tiny",
        "MIT",
        "https://example.org",
        "weights.gguf",
        WEIGHTS.length,
        sha256,
        List.of(new Source(new HubFile("some/repo", COMMIT, "weights.gguf"), null)));
  }
}
