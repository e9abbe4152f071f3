package dev.refract.harness.llm;

import dev.refract.harness.net.Access;
import dev.refract.harness.net.ServerProbe;
import dev.refract.reports.result.ServedModel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads which model a server serves.
final class ServedModels {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_CHARS = 500;

  private ServedModels() {}

  /// Never fails: a server that does not say which model it serves is unknown.
  ///
  /// @param model the name that requests use
  static ServedModel of(String baseUrl, String model, Access access) throws InterruptedException {
    ServerProbe.Page page = ServerProbe.get(baseUrl + "/models", access, TIMEOUT);
    JsonNode listed = json(page).path("data");
    JsonNode found = listed.path(0);
    boolean named = false;
    for (JsonNode one : listed) {
      if (model.equals(one.path("id").asString(""))) {
        found = one;
        named = true;
      }
    }
    String owner = text(found.path("owned_by"));
    if (!named && listed.size() != 1) {
      return ServedModel.unknown(baseUrl); // any of them may be meant
    }
    boolean isLlama = "llamacpp".equals(owner);
    JsonNode properties = isLlama ? json(beside(baseUrl, "/props", access)) : JSON.missingNode();
    return new ServedModel(
        baseUrl,
        text(found.path("id")),
        text(found.path("root")),
        isLlama
            ? llamaWeights(properties, found)
            : "library".equals(owner) ? ollamaDigest(baseUrl, model, access) : null,
        context(found),
        owner,
        isLlama ? llamaBuild(properties) : software(baseUrl, access, page));
  }

  private static @Nullable Integer context(JsonNode model) {
    JsonNode length = model.path("max_model_len");
    JsonNode trained = length.isMissingNode() ? model.path("meta").path("n_ctx") : length;
    return trained.isIntegralNumber() && trained.canConvertToInt()
        ? Integer.valueOf(trained.asInt())
        : null;
  }

  /// The file that llama.cpp loaded, and the size of the model.
  private static @Nullable String llamaWeights(JsonNode properties, JsonNode listed) {
    String path = text(properties.path("model_path"));
    JsonNode size = listed.path("meta").path("size");
    String bytes = size.isIntegralNumber() ? size.asLong() + " bytes" : null;
    return path == null ? bytes : bytes == null ? path : path + ", " + bytes;
  }

  private static String llamaBuild(JsonNode properties) {
    String build = text(properties.path("build_info"));
    return build == null ? "llama.cpp" : "llama.cpp " + build;
  }

  private static @Nullable String ollamaDigest(String baseUrl, String model, Access access)
      throws InterruptedException {
    for (JsonNode one : json(beside(baseUrl, "/api/tags", access)).path("models")) {
      String name = one.path("name").asString("");
      if (name.equals(model) || name.equals(model + ":latest")) {
        return text(one.path("digest"));
      }
    }
    return null;
  }

  private static @Nullable String software(String baseUrl, Access access, ServerProbe.Page models)
      throws InterruptedException {
    String server = models.software();
    JsonNode version = json(beside(baseUrl, "/version", access)).path("version");
    if (version.isString()) {
      return (server == null ? "" : cut(server) + ", ") + "version " + cut(version.asString());
    }
    return server == null ? null : cut(server);
  }

  private static ServerProbe.Page beside(String baseUrl, String page, Access access)
      throws InterruptedException {
    return ServerProbe.get(ServerProbe.beside(baseUrl, page), access, TIMEOUT);
  }

  private static JsonNode json(ServerProbe.Page page) {
    try {
      return page.isThere() ? JSON.readTree(page.text()) : JSON.missingNode();
    } catch (JacksonException _) {
      return JSON.missingNode();
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() && !node.asString().isBlank() ? cut(node.asString()) : null;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(MAX_CHARS, text.length()));
  }
}
