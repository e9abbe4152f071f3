package dev.refract.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogTailTest {

  @Test
  void theFirstErrorsAreTheCause() throws Exception {
    assertThat(
            text(
                """
                0.00.005.477 I srv          init: loading model
                0.00.045.943 E llama_model_load: error loading model: tensor 'a' is not within the file bounds
                0.00.046.004 E llama_model_load_from_file_impl: failed to load model
                0.00.059.399 E srv          init: exiting due to model loading error
                Failed to init server, please check the input params.
                """))
        .isEqualTo(
            "llama_model_load: error loading model: tensor 'a' is not within the file bounds"
                + " / llama_model_load_from_file_impl: failed to load model");
    assertThat(text("gguf_init_from_file: failed to read magic\nbye\n"))
        .isEqualTo("gguf_init_from_file: failed to read magic");
  }

  @Test
  void withoutAnErrorTheLastLinesAreShown() throws Exception {
    assertThat(text("1\n2\n3\n4\n\n5\n")).isEqualTo("2 / 3 / 4 / 5");
    assertThat(text("")).isEqualTo("it wrote nothing");
    assertThat(text("x".repeat(400))).hasSize(303);
  }

  private static String text(String log) throws InterruptedException {
    InputStream stream = new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8));
    LogTail tail = LogTail.of(stream);
    assertThat(tail.ended(Duration.ofSeconds(10))).isTrue();
    return tail.text();
  }
}
