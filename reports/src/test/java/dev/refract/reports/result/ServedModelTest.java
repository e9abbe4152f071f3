package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whether two readings of a server mean the same weights.
class ServedModelTest {

  private static ServedModel model(
      @Nullable String root, @Nullable String weights, @Nullable Integer context) {
    return new ServedModel("http://h/v1", "m", root, weights, context, "vllm", "version 0.11.0");
  }

  private static List<String> changes(ServedModel... readings) {
    return new RunRecord.Environment(
            "", "", "", "", 1, List.of(), null, List.of(), List.of(readings))
        .modelChanges();
  }

  @Test
  void another_root_under_the_same_name_is_a_change_told_with_both_values() {
    assertThat(changes(model("/ckpt/step-400", null, 4096), model("/ckpt/step-500", null, 4096)))
        .containsExactly("http://h/v1: root was /ckpt/step-400, is now /ckpt/step-500");
  }

  @Test
  void so_are_other_weights_and_another_context() {
    assertThat(model("r", "sha256:1", 4096).changes(model("r", "sha256:2", 8192)))
        .containsExactly(
            "weights was sha256:1, is now sha256:2", "max_model_len was 4096, is now 8192");
  }

  @Test
  void what_one_reading_does_not_say_is_no_change() {
    assertThat(changes(model("r", "w", 4096), ServedModel.unknown("http://h/v1"))).isEmpty();
    assertThat(changes(model("r", null, null), model("r", "w", 4096))).isEmpty();
  }

  @Test
  void other_names_and_addresses_are_other_models() {
    assertThat(
            changes(
                new ServedModel("http://h/v1", "captioner", "a", null, null, null, null),
                new ServedModel("http://h/v1", "answerer", "b", null, null, null, null),
                new ServedModel("http://other/v1", "captioner", "c", null, null, null, null)))
        .isEmpty();
  }

  @Test
  void the_words_name_all_that_is_known() {
    assertThat(model("/ckpt", "w", 4096).words())
        .isEqualTo("http://h/v1: /ckpt, w, context 4096, version 0.11.0");
    assertThat(ServedModel.unknown("http://h/v1").words()).isEqualTo("http://h/v1");
  }
}
