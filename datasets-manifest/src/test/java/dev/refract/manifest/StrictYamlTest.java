package dev.refract.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StrictYamlTest {

  record Limits(String name, int most) {}

  @Test
  void anUnknownKeyIsReportedWithFileLineAndNearestKey() {
    assertThatThrownBy(() -> read("name: a\nmots: 3\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessage("eval.yaml:2: 'mots' is unknown; did you mean 'most'?");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> read("name: a\nname: b\nmost: 3\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("eval.yaml:2")
        .hasMessageContaining("name");
  }

  @Test
  void aWordInsteadOfANumberIsReportedWithItsLine() {
    assertThatThrownBy(() -> read("name: a\nmost: many\n"))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith("eval.yaml:2: ")
        .hasMessageContaining("many");
  }

  @Test
  void anEmptyFileIsRefused() {
    assertThatThrownBy(() -> read(" \n"))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void everyModelOfTheCatalogueStatesItsBytes() {
    assertThat(ModelCatalog.all())
        .isNotEmpty()
        .allSatisfy(model -> {
          assertThat(model.sha256()).matches("[0-9a-f]{64}");
          assertThat(model.size()).isPositive();
          assertThat(model.licence()).isNotBlank();
          assertThat(model.sources())
              .isNotEmpty()
              .allMatch(source -> (source.hub() == null) != (source.pip() == null));
        });
    assertThat(ModelCatalog.find(ModelCatalog.DEFAULT)).isPresent();
  }

  private static Limits read(String text) {
    return StrictYaml.read(text.getBytes(StandardCharsets.UTF_8), "eval.yaml", Limits.class);
  }
}
