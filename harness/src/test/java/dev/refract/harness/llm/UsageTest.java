package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.TokenCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server's `usage` tells, and that an unknown count is null and never zero.
class UsageTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  @Test
  void eachCountHasItsOwnField() {
    assertThat(
            Usage.of(
                json(
                    """
                    {"prompt_tokens": 30, "completion_tokens": 4, "total_tokens": 34,
                     "prompt_tokens_details": {"image_tokens": 20, "cached_tokens": 9}}
                    """)))
        .isEqualTo(new Usage(30, 20, 4, null));
  }

  @Test
  void whatIsMissingIsUnknown() {
    assertThat(Usage.of(json("{}"))).isEqualTo(Usage.UNKNOWN);
    assertThat(Usage.of(json("null"))).isEqualTo(Usage.UNKNOWN);
    assertThat(Usage.of(json("{}").path("usage"))).isEqualTo(Usage.UNKNOWN);
    assertThat(Usage.of(json("{\"prompt_tokens\": 7}"))).isEqualTo(new Usage(7, null, null, null));
  }

  @Test
  void an_empty_reply_has_no_tokens_and_no_prompt_has_none() {
    assertThat(Usage.of(json("{\"prompt_tokens\": 9, \"completion_tokens\": 0}")))
        .isEqualTo(new Usage(9, null, 0, null));
    assertThat(Usage.of(json("{\"prompt_tokens\": 0, \"completion_tokens\": 0}")))
        .isEqualTo(Usage.UNKNOWN);
    assertThat(Usage.of(json("{\"prompt_tokens\": -1}"))).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void a_count_with_a_point_is_a_count() {
    assertThat(Usage.of(json("{\"prompt_tokens\": 100.0}")))
        .isEqualTo(new Usage(100, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "7.5", "null", "[7]", "true", "2147483648"})
  void whatIsNoWholeNumberOfAnIntIsNoCount(String value) {
    assertThat(Usage.of(json("{\"prompt_tokens\": " + value + "}"))).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void theLargestIntIsACount() {
    assertThat(Usage.of(json("{\"completion_tokens\": 2147483647}")))
        .isEqualTo(new Usage(null, null, Integer.MAX_VALUE, null));
  }

  @Test
  void whatIsToldNowCountsAndElseWhatWasTold() {
    Usage before = new Usage(1, 2, 3, "old");
    Usage now = new Usage(10, 20, 30, "new");
    assertThat(now.or(before)).isEqualTo(now);
    assertThat(Usage.UNKNOWN.or(before)).isEqualTo(before);
    assertThat(new Usage(10, null, 30, null).or(before)).isEqualTo(new Usage(10, 2, 30, "old"));
    assertThat(new Usage(null, 20, null, "new").or(before)).isEqualTo(new Usage(1, 20, 3, "new"));
    assertThat(new Usage(0, 0, 0, null).or(before)).isEqualTo(new Usage(0, 0, 0, "old"));
  }

  @Test
  void imagesTookWhatTheTextDidNot() {
    assertThat(new Usage(100, null, 5, "t").beside(30)).isEqualTo(new Usage(100, 70, 5, "t"));
    assertThat(new Usage(30, null, 5, null).beside(30)).isEqualTo(new Usage(30, 0, 5, null));
    assertThat(new Usage(29, null, 5, null).beside(30)).isEqualTo(new Usage(29, 0, 5, null));
  }

  @Test
  void whatTheServerSaysOfImagesStands() {
    assertThat(new Usage(100, 60, 5, null).beside(30)).isEqualTo(new Usage(100, 60, 5, null));
  }

  @Test
  void withoutAnInputNothingIsKnownOfImages() {
    assertThat(new Usage(null, null, 5, null).beside(30)).isEqualTo(new Usage(null, null, 5, null));
  }

  @Test
  void theRecordHasEachCountInItsPlace() {
    assertThat(new Usage(1, 2, 3, "qwen/tokenizer.json").recorded())
        .isEqualTo(new TokenCounts(1, 2, 3, "qwen/tokenizer.json"));
  }
}
