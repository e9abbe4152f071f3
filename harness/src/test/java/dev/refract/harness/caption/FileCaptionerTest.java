package dev.refract.harness.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.llm.RequestException;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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

  /// The image of this name; `charts/a.png` has the digest above.
  private static InputImage image(String name) {
    String digest =
        name.equals("charts/a.png") ? DIGEST : Sha256.of(name.getBytes(StandardCharsets.UTF_8));
    return new InputImage(name, digest, new byte[0], null, "");
  }

  /// What each image of a run gets: its caption, or nothing.
  private static List<String> captionsOf(FileCaptioner captions, String... names) {
    for (String name : names) {
      captions.expect(name, image(name).identity());
    }
    return Stream.of(names)
        .map(name -> {
          try {
            return captions.caption(image(name)).text();
          } catch (RequestException e) {
            return "";
          }
        })
        .toList();
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
        "{\"image_path\": \"/data/x/charts/a.png\", \"caption\": \"A bar.\"}",
        "{\"sha256\": \"abababababababababababababababababababababababababababababababab\","
            + " \"caption\": \"A bar.\"}",
        "{\"image\": \"charts/a.png\", \"caption\": \"<think>A line?</think>A bar.\"}"
      })
  void anImageIsFoundByItsPathItsIdOrItsDigest(String line) throws Exception {
    assertThat(captions(line).caption(image("charts/a.png")).text()).isEqualTo("A bar.");
  }

  @Test
  void aLineThatNamesTwoImagesBelongsToNeither() throws Exception {
    assertThat(
            captionsOf(
                captions("{\"image\": \"a.png\", \"caption\": \"one\"}"),
                "images/a.png",
                "images/sub/a.png"))
        .containsExactly("", "");
    assertThat(
            captionsOf(
                captions("{\"image\": \"images/a.png\", \"caption\": \"one\"}"),
                "images/a.png",
                "images/sub/a.png"))
        .containsExactly("one", "");
    assertThat(
            captionsOf(
                captions(
                    "{\"image\": \"/data/images/a.png\", \"caption\": \"one\"}",
                    "{\"image\": \"/data/images/sub/a.png\", \"caption\": \"two\"}"),
                "images/a.png",
                "images/sub/a.png"))
        .containsExactly("one", "two");
    assertThat(
            captionsOf(
                captions("{\"image\": \"/data/train/1.png\", \"caption\": \"one\"}"),
                "images/1.png"))
        .containsExactly("");
  }

  @Test
  void whyAnImageHasNoCaptionIsSaid() throws Exception {
    FileCaptioner captions =
        captions(
            "{\"image\": \"x/a.png\", \"caption\": \"one\"}",
            "{\"image\": \"y/a.png\", \"caption\": \"two\"}");
    captions.expect("a.png", image("a.png").identity());
    captions.expect("z.png", image("z.png").identity());
    assertThatThrownBy(() -> captions.caption(image("a.png")))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining("has no caption of 'a.png'")
        .hasMessageContaining("lines 1 and 2 both end with it");
    assertThatThrownBy(() -> captions.caption(image("z.png")))
        .hasMessageContaining("captions.jsonl has no caption of 'z.png' (sha256 ");
  }

  @Test
  void nullIsNoCaptionAndAnEmptyTextIsOne() throws Exception {
    FileCaptioner captions =
        captions("{\"image\": \"a\", \"caption\": null}", "{\"image\": \"b\", \"caption\": \"\"}");
    captions.expect("a", image("a").identity());
    captions.expect("b", image("b").identity());
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
