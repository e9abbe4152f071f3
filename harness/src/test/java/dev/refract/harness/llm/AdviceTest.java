package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words of real servers, and what a user can do about each.
class AdviceTest {

  private static final Endpoint ENDPOINT = new Endpoint("http://h/v1", "qwen", null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400|Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            + " 'max_completion_tokens' instead.|provider=openai",
        "400|Unsupported value: 'temperature' does not support 0 with this model.|omit=temperature",
        "400|Unsupported parameter: 'top_p' is not supported with this model.|omit=top_p",
        "400|property 'repetition_penalty' is unsupported|omit=repetition_penalty",
        "400|`temperature` and `top_p` cannot both be specified for this model.|omit=top_p",
        "422|{\"type\": \"extra_forbidden\", \"loc\": [\"body\","
            + " \"repetition_penalty\"]|omit=repetition_penalty",
        "403|missing header X-Team-Id|headers",
        "401|Incorrect API key provided|api_key_env",
        "307|redirects to https://gw.example/v1/chat/completions|base_url",
        "402|Insufficient credits|credit",
        "404|Resource not found|provider=azure",
        "404|The model `x` does not exist.|no model 'qwen'",
        "404|Not Found|must end in /v1",
        "413|Request Entity Too Large|max_image_side",
        "413|Request too large for model on tokens per minute (TPM): Limit 6000|tokens per minute",
        "400|This model's maximum context length is 4096 tokens.|lower max_tokens",
        "400|The decoder prompt (length 17012) is longer than the maximum model length of 16384."
            + " For image inputs, the number of image tokens|max_image_side",
        "400|request (5000 tokens) exceeds the available context size|larger context",
        "400|At most 0 image(s) may be provided in one prompt.|takes no images",
        "500|image input is not supported - hint: if this is unexpected, you may need to provide"
            + " the mmproj|takes no images",
        "400|Failed to load image or audio file|image_format=png",
        "400|As of transformers v4.44, default chat template is no longer allowed|chat template",
        "400|The response was filtered due to the prompt triggering Azure OpenAI's content"
            + " management policy.|filter",
        "403|Your input was flagged|filter",
        "429|You exceeded your current quota, please check your plan and billing details.|quota",
        "429|Rate limit reached for requests per min|requests_per_minute",
        "500|CUDA out of memory|GPU memory"
      })
  void each_refusal_has_advice_that_fits_its_cause(int status, String said, String advice) {
    assertThat(Advice.of(ENDPOINT, status, said.toLowerCase(Locale.ROOT))).contains(advice);
  }

  @ParameterizedTest
  @CsvSource({"400, bad request", "500, internal error", "503, busy"})
  void what_is_not_known_gets_no_advice(int status, String said) {
    assertThat(Advice.of(ENDPOINT, status, said)).isEmpty();
  }
}
