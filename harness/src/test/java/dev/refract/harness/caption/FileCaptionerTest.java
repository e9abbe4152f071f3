package dev.refract.harness.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.llm.RequestException;
import dev.refract.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Captions that exist already find their images, or say why not.
class FileCaptionerTest {

  private static final String DIGEST = "ab".repeat(32);

  @TempDir private Path folder;

  private FileCaptioner captions(String... lines) throws IOException {
    return new FileCaptioner(
        Files.writeString(folder.resolve("captions.jsonl"), String.join("\n", lines)));
  }

  private static InputImage image(String name) {
    return new InputImage(name, DIGEST, new byte[0], null, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"image\": \"charts/a.png\", \"caption\": \"A bar.\"}",
        "{\"image\": \"./charts/a.png\", \"caption\": \"A bar.\"}",
        "{\"image\": \"charts\\\\a.png\", \"caption\": \"A bar.\"}",
        "{\"image_id\": \"a.png\", \"caption\": \"A bar.\"}",
        "{\"image_path\": \"/data/x/a.png\", \"caption\": \"A bar.\"}",
        "{\"sha256\": \"abababababababababababababababababababababababababababababababab\","
            + " \"caption\": \"A bar.\"}",
        "{\"image\": \"charts/a.png\", \"caption\": \"<think>A line?</think>A bar.\"}"
      })
  void anImageIsFoundByItsPathItsIdOrItsDigest(String line) throws Exception {
    assertThat(captions(line).caption(image("charts/a.png")).text()).isEqualTo("A bar.");
  }

  @Test
  void aNameThatTwoImagesShareFindsNeither() throws Exception {
    FileCaptioner captions =
        captions(
            "{\"image\": \"x/a.png\", \"caption\": \"one\"}",
            "{\"image\": \"y/a.png\", \"caption\": \"two\"}");
    assertThat(captions.caption(image("y/a.png")).text()).isEqualTo("two");
    assertThatThrownBy(() -> captions.caption(image("z/a.png")))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("captions.jsonl has no caption of 'z/a.png' (sha256 " + DIGEST);
  }

  @Test
  void nullIsNoCaptionAndAnEmptyTextIsOne() throws Exception {
    FileCaptioner captions =
        captions("{\"image\": \"a\", \"caption\": null}", "{\"image\": \"b\", \"caption\": \"\"}");
    assertThatThrownBy(() -> captions.caption(image("a")))
        .hasMessageContaining("captions.jsonl:1: the caption is null");
    assertThat(captions.caption(image("b")).text()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | :1: not JSON",
        "7 | :1: field 'caption': expected a text or null, found nothing",
        "{\"image\": \"a\"} | :1: field 'caption': expected a text or null, found nothing",
        "{\"caption\": \"x\"} | :1: field 'image': expected the path, the id or the sha256",
        "{\"sha256\": \"ab\", \"caption\": \"x\"} | :1: field 'sha256': expected 64 hexadecimal"
            + " digits"
      })
  void aBadLineIsNamed(String line, String message) {
    assertThatThrownBy(() -> captions(line))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("captions.jsonl" + message);
  }

  @Test
  void twoCaptionsOfOneImageAreAnError() {
    assertThatThrownBy(() ->
            captions(
                "{\"image\": \"a\", \"caption\": \"x\"}",
                "{\"image\": \"./a\", \"caption\": \"y\"}"))
        .hasMessageContaining("captions.jsonl:2: image 'a' has a caption in line 1 already");
  }

  @Test
  void theIdentityChangesWithTheFile() throws Exception {
    assertThat(captions("{\"image\": \"a\", \"caption\": \"x\"}").identity())
        .isNotEqualTo(captions("{\"image\": \"a\", \"caption\": \"y\"}").identity());
  }
}
