package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.ModelIdentity.Blind;
import dev.refract.reports.result.ModelIdentity.Direct;
import dev.refract.reports.result.ModelIdentity.Embedded;
import dev.refract.reports.result.ModelIdentity.Imported;
import dev.refract.reports.result.ModelIdentity.Ocr;
import dev.refract.reports.result.ModelIdentity.Placebo;
import dev.refract.reports.result.ModelIdentity.Reference;
import dev.refract.reports.result.ModelIdentity.Served;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What makes two models the same, and how each kind is written.
class ModelIdentityTest {

  private static final String URL = "http://gpu1:8000/v1";
  private static final Served LOOSE = served(URL, null);
  private static final Served PINNED = served(URL, "sha256:1");
  private static final List<ModelIdentity> SERVERLESS =
      List.of(
          new Embedded("qwen", "sha256:2", "onnx 1", 0.5, 0.9, 1.1, 64),
          new Ocr("reader 3"),
          new Blind(),
          new Reference(),
          new Imported("caprl"));

  @Test
  void everyKindSurvivesJsonUnderItsWord() {
    List<ModelIdentity> all =
        List.of(
            LOOSE,
            PINNED,
            served(null, "sha256:1"),
            SERVERLESS.get(0),
            SERVERLESS.get(1),
            SERVERLESS.get(2),
            SERVERLESS.get(3),
            SERVERLESS.get(4),
            new Placebo(LOOSE, 7),
            new Direct(PINNED));
    for (ModelIdentity identity : all) {
      String json = RunJson.text(identity);
      assertThat(json).contains("\"kind\":\"" + identity.kind() + "\"");
      assertThat(RunJson.MAPPER.readValue(json, ModelIdentity.class)).isEqualTo(identity);
    }
  }

  @Test
  void kindsHaveTheirWords() {
    assertThat(LOOSE.kind()).isEqualTo("openai");
    assertThat(SERVERLESS.stream().map(ModelIdentity::kind))
        .containsExactly("embedded", "ocr", "blind", "reference", "imported");
    assertThat(new Placebo(LOOSE, 1).kind()).isEqualTo("placebo");
    assertThat(new Direct(LOOSE).kind()).isEqualTo("direct");
  }

  @Test
  void aServedModelIsWrittenWithItsKeys() {
    assertThat(RunJson.text(new Served("u", "m", "c", 0.5, 1, 1.1, 64, null)))
        .isEqualTo(
            "{\"kind\":\"openai\",\"base_url\":\"u\",\"model\":\"m\",\"checkpoint\":\"c\","
                + "\"temperature\":0.5,\"top_p\":1.0,\"repetition_penalty\":1.1,"
                + "\"max_tokens\":64,\"settings\":null}");
    assertThat(RunJson.text(new Blind())).isEqualTo("{\"kind\":\"blind\"}");
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThatThrownBy(() -> RunJson.MAPPER.readValue("{\"kind\":\"magic\"}", ModelIdentity.class))
        .hasMessageContaining("magic");
  }

  @Test
  void aModelIsShownByItsNameOrItsKind() {
    assertThat(LOOSE.displayName()).isEqualTo("caprl");
    assertThat(SERVERLESS.stream().map(ModelIdentity::displayName))
        .containsExactly("qwen", "ocr", "blind", "reference", "caprl");
    assertThat(new Placebo(LOOSE, 1).displayName()).isEqualTo("placebo");
    assertThat(new Direct(LOOSE).displayName()).isEqualTo("direct");
  }

  @Test
  void controlsAreBlindReferencePlaceboAndDirect() {
    assertThat(LOOSE.isControl()).isFalse();
    assertThat(SERVERLESS.stream().map(ModelIdentity::isControl))
        .containsExactly(false, false, true, true, false);
    assertThat(new Placebo(LOOSE, 1).isControl()).isTrue();
    assertThat(new Direct(LOOSE).isControl()).isTrue();
  }

  @Test
  void onlyAServerWithoutACheckpointLeavesItsWeightsOpen() {
    assertThat(LOOSE.pinsWeights()).isFalse();
    assertThat(PINNED.pinsWeights()).isTrue();
    assertThat(SERVERLESS).allMatch(ModelIdentity::pinsWeights);
    assertThat(new Placebo(LOOSE, 1).pinsWeights()).isFalse();
    assertThat(new Placebo(PINNED, 1).pinsWeights()).isTrue();
    assertThat(new Direct(LOOSE).pinsWeights()).isFalse();
    assertThat(new Direct(PINNED).pinsWeights()).isTrue();
  }

  @Test
  void withoutItsAddressAModelKeepsEverythingElse() {
    Served penalised = new Served(URL, "m", "c", 0.5, 0.9, 1.1, 64, null);
    assertThat(penalised.withoutAddress())
        .isEqualTo(new Served(null, "m", "c", 0.5, 0.9, 1.1, 64, null));
    assertThat(LOOSE.withoutAddress()).isEqualTo(served(null, null));
    assertThat(new Placebo(LOOSE, 7).withoutAddress())
        .isEqualTo(new Placebo(served(null, null), 7));
    assertThat(new Direct(LOOSE).withoutAddress()).isEqualTo(new Direct(served(null, null)));
    for (ModelIdentity identity : SERVERLESS) {
      assertThat(identity.withoutAddress()).isEqualTo(identity);
    }
  }

  @Test
  void theAddressCountsWhereNoCheckpointIsDeclared() {
    assertThat(LOOSE.fingerprinted()).isEqualTo(LOOSE);
    assertThat(PINNED.fingerprinted()).isEqualTo(served(null, "sha256:1"));
    assertThat(new Placebo(LOOSE, 7).fingerprinted()).isEqualTo(new Placebo(LOOSE, 7));
    assertThat(new Placebo(PINNED, 7).fingerprinted())
        .isEqualTo(new Placebo(served(null, "sha256:1"), 7));
    assertThat(new Direct(PINNED).fingerprinted()).isEqualTo(new Direct(served(null, "sha256:1")));
  }

  @Test
  void theAddressIsThatOfTheServerBehindIt() {
    assertThat(LOOSE.address()).isEqualTo(URL);
    assertThat(new Placebo(LOOSE, 7).address()).isEqualTo(URL);
    assertThat(new Direct(LOOSE).address()).isEqualTo(URL);
    assertThat(new Direct(new Blind()).address()).isNull();
    assertThat(SERVERLESS).allMatch(identity -> identity.address() == null);
  }

  private static Served served(@Nullable String url, @Nullable String checkpoint) {
    return new Served(url, "caprl", checkpoint, 0, 1, null, 512, null);
  }
}
