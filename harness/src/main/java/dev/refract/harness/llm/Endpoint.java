package dev.refract.harness.llm;

import dev.refract.harness.net.Access;
import dev.refract.harness.text.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One or more OpenAI-compatible servers of the same model.
///
/// @param baseUrls at least one, each up to and including `/v1`
/// @param model the model's name on the servers
/// @param access key, headers and network; never written to a file, log or message
/// @param form what is sent besides the messages, and under which names
/// @param tokenizer counts tokens if the servers do not, or null
public record Endpoint(
    List<String> baseUrls,
    String model,
    Access access,
    RequestForm form,
    @Nullable Tokenizer tokenizer) {

  private static final int LONG_VALUE = 12;
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i)key|token|auth|secret|password|cookie");

  public Endpoint {
    baseUrls = baseUrls.stream().map(url -> url.replaceFirst("/+$", "")).toList();
  }

  public Endpoint(String baseUrl, String model, @Nullable String apiKey) {
    this(List.of(baseUrl), model, Access.key(apiKey), RequestForm.PLAIN, null);
  }

  /// What must not appear in any message about these servers: the key, and headers that are
  /// probably secret. A short value of another header may be an ordinary word.
  Secrets secrets() {
    List<@Nullable String> values = new ArrayList<>();
    values.add(access.apiKey());
    access
        .headers()
        .forEach((name, value) -> {
          if (value.length() >= LONG_VALUE || SECRET_NAME.matcher(name).find()) {
            values.add(value);
          }
        });
    return Secrets.of(values);
  }

  @Override
  public String toString() {
    return model + " at " + String.join(", ", baseUrls);
  }
}
