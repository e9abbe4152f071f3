package dev.refract.harness.dataset.read;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.Fixtures;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Images that are given as text: base64, a data URL, a path. "foobar" is RFC 4648's example.
class ImageTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Zm9vYmFy", "Zm9v\nYmFy", "Zm9v\r\nYmFy\r\n", " Zm9v YmFy ", "Zm9v \tYmFy"})
  void base64IsReadOnOneLineOrOnSeveral(String text) throws BadRowException {
    assertThat(ImageText.bytes(text)).isEqualTo("foobar".getBytes(US_ASCII));
  }

  @Test
  void paddingIsRead() throws BadRowException {
    assertThat(ImageText.bytes("Zm8=")).isEqualTo("fo".getBytes(US_ASCII));
    assertThat(ImageText.bytes("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zm9v!", "Z", "a/b.png", "Zm9v\n-"})
  void whatIsNoBase64IsRefused(String text) {
    assertThatThrownBy(() -> ImageText.bytes(text))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("base64");
  }

  @Test
  void aDataUrlHoldsItsBytesAndNoName() throws BadRowException {
    for (String prefix : new String[] {null, "images/"}) {
      assertThat(ImageText.cell("data:image/png;base64,Zm9vYmFy", prefix))
          .isInstanceOfSatisfying(
              Row.Cell.Bytes.class,
              cell -> {
                assertThat(cell.name()).isNull();
                assertThat(cell.bytes()).isEqualTo("foobar".getBytes(US_ASCII));
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data:image/png,Zm9v",
        "data:image/png;base64",
        "data:",
        "data:x;base64;q,Zm9v",
        "data:image/png;base64,!"
      })
  void aDataUrlOfAnotherFormIsRefused(String text) {
    assertThatThrownBy(() -> ImageText.cell(text, null))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("base64");
  }

  @Test
  void anythingElseIsAPath() throws BadRowException {
    assertThat(ImageText.cell("a/b.png", null)).isEqualTo(new Row.Cell.Named("a/b.png"));
    assertThat(ImageText.cell("b.png", "a/")).isEqualTo(new Row.Cell.Named("a/b.png"));
    assertThat(ImageText.cell("file://b.png", null)).isEqualTo(new Row.Cell.Named("b.png"));
    assertThat(ImageText.cell("file:///x/b.png", null)).isEqualTo(new Row.Cell.Named("/x/b.png"));
    assertThat(ImageText.cell("file://b.png", "a/")).isEqualTo(new Row.Cell.Named("a/b.png"));
  }

  /// Every spelling of one image that datasets and chat messages use.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@\"",
        "\"data:image/png;base64,@\"",
        "[null, \"@\"]",
        "{\"bytes\": \"@\", \"path\": null}",
        "{\"url\": \"data:image/png;base64,@\"}",
        "\"DATA:IMAGE/PNG;BASE64,@\"",
        "{\"type\": \"image\", \"source\": {\"type\": \"base64\", \"media_type\": \"image/png\","
            + " \"data\": \"@\"}}",
        "[{\"type\": \"text\", \"text\": \"x\"}, {\"type\": \"image_url\", \"image_url\": {\"url\":"
            + " \"data:image/png;base64,@\"}}]",
        "{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"x\"}, {\"type\":"
            + " \"image\", \"image\": \"@\"}]}"
      })
  void everySpellingIsTheSameImage(String json) throws Exception {
    byte[] png = Fixtures.png(1);
    String text = json.replace("@", Base64.getEncoder().encodeToString(png));
    assertThat(ImageText.cells(Objects.requireNonNull(SpelledJson.tree(text)), null))
        .singleElement()
        .isInstanceOfSatisfying(
            Row.Cell.Bytes.class, cell -> assertThat(cell.bytes()).isEqualTo(png));
    String url = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    assertThat(ImageText.unwrapped(url.getBytes(US_ASCII))).isEqualTo(png);
    assertThat(ImageText.unwrapped(png)).isSameAs(png);
  }

  @Test
  void nullsAndEmptyTextsAreNoImages() throws BadRowException {
    for (String json :
        new String[] {"null", "[]", "[null, \"\"]", "{\"bytes\": null, \"path\": null}"}) {
      assertThat(ImageText.cells(Objects.requireNonNull(SpelledJson.tree(json)), null)).isEmpty();
    }
  }

  @Test
  void aMessageQuotesOnlyTheStartOfAnImage() {
    String number = "1".repeat(5_000);
    assertThatThrownBy(
            () -> ImageText.cells(Objects.requireNonNull(SpelledJson.tree("true")), null))
        .hasMessageContaining("found true");
    assertThat(Fields.shortened(number)).hasSizeLessThan(100);
  }
}
