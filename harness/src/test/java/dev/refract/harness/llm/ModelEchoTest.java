package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.Notices;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which names mean the same model.
class ModelEchoTest {

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ModelEcho echo =
      new ModelEcho(
          "gpt-4o", "u", new Notices(new PrintStream(said, true, StandardCharsets.UTF_8), false));

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, gpt-4o-2024-08-06, true",
    "Qwen/Qwen3-8B, qwen3-8b, true",
    "Qwen/Qwen3-8B, /models/Qwen3-8B, true",
    "qwen3-vl-8b, gemma-3-1b-it, false"
  })
  void a_name_and_its_longer_form_are_the_same_model(String one, String other, boolean same) {
    assertThat(ModelEcho.isSame(one, other)).isEqualTo(same);
  }

  @Test
  void a_dated_name_is_not_worth_a_word() {
    echo.heard("gpt-4o-2024-08-06");
    echo.heard("gpt-4o-2024-08-06");
    echo.heard("");
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void another_model_is_told() {
    echo.heard("llama3");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("gpt-4o", "llama3");
  }

  @Test
  void two_models_in_one_run_are_told_by_both_names() {
    echo.heard("gpt-4o-2024-05-13");
    echo.heard("gpt-4o-2024-08-06");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("2024-05-13", "2024-08-06");
  }
}
