package dev.refract.harness.llm;

import dev.refract.harness.net.Access;
import dev.refract.harness.text.Secrets;
import java.util.ArrayList;
import java.util.List;
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

  public Endpoint {
    baseUrls = baseUrls.stream().map(url -> url.replaceFirst("/+$", "")).toList();
  }

  public Endpoint(String baseUrl, String model, @Nullable String apiKey) {
    this(List.of(baseUrl), model, Access.key(apiKey), RequestForm.PLAIN, null);
  }

  /// What must not appear in any message about these servers.
  Secrets secrets() {
    List<@Nullable String> values = new ArrayList<>(access.headers().values());
    values.add(access.apiKey());
    return Secrets.of(values);
  }

  @Override
  public String toString() {
    return model + " at " + String.join(", ", baseUrls);
  }
}
