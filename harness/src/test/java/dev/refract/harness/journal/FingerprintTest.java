package dev.refract.harness.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What makes two requests the same: SHA-256 over JSON whose keys are sorted.
class FingerprintTest {

  private static ModelIdentity.Served served(
      @Nullable String baseUrl, @Nullable String checkpoint) {
    return new ModelIdentity.Served(baseUrl, "qwen", checkpoint, 0, 1, null, 9, null);
  }

  private static String sha(String json) {
    return Sha256.of(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void itIsTheDigestOfSortedJsonWithKindAndVersion() {
    assertThat(Fingerprint.of("answer", Map.of("b", 2, "a", List.of("x"))))
        .isEqualTo(sha("{\"a\":[\"x\"],\"b\":2,\"version\":3,\"what\":\"answer\"}"));
  }

  @Test
  void theOrderOfTheKeysDoesNotMatterAtAnyDepth() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("b", Map.of("y", 1));
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("z", 1);
    inner.put("c", 2);
    one.put("a", inner);
    assertThat(Fingerprint.of("w", one))
        .isEqualTo(sha("{\"a\":{\"c\":2,\"z\":1},\"b\":{\"y\":1},\"version\":3,\"what\":\"w\"}"));
  }

  @Test
  void whatItIsOfTellsItApart() {
    assertThat(Fingerprint.of("answer", Map.of()))
        .isNotEqualTo(Fingerprint.of("caption", Map.of()));
  }

  @Test
  void theGivenPartsStayAsTheyAre() {
    Map<String, Object> parts = new LinkedHashMap<>(Map.of("a", 1));
    Fingerprint.of("w", parts);
    assertThat(parts).containsOnlyKeys("a");
  }

  @Test
  void aModelsPartsHaveNoNulls() {
    assertThat(Fingerprint.modelParts(served("http://h/v1", null)))
        .containsOnlyKeys("kind", "base_url", "model", "temperature", "top_p", "max_tokens")
        .containsEntry("kind", "openai")
        .containsEntry("base_url", "http://h/v1")
        .containsEntry("model", "qwen");
  }

  @Test
  void theAddressCountsOnlyWhereNoCheckpointIsDeclared() {
    assertThat(Fingerprint.modelParts(served("http://h/v1", "sha")))
        .doesNotContainKey("base_url")
        .isEqualTo(Fingerprint.modelParts(served("http://other/v1", "sha")));
    assertThat(Fingerprint.modelParts(served("http://h/v1", null)))
        .isNotEqualTo(Fingerprint.modelParts(served("http://other/v1", null)));
  }

  @Test
  void aJudgesPartsAreTheModelsAndItsPrompt() {
    Map<String, Object> parts =
        Fingerprint.judgeParts(new RunRecord.Judge(new ModelIdentity.Ocr("r"), "judge-2"));
    assertThat(parts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("kind", "ocr", "reader", "r", "prompt", "judge-2"));
  }
}
