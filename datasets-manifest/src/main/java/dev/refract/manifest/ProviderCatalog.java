package dev.refract.manifest;

import java.util.List;
import java.util.Optional;

/// The providers known by name.
public final class ProviderCatalog {

  private static final List<String> IDS =
      List.of(
          "vllm",
          "sglang",
          "llama.cpp",
          "ollama",
          "openai",
          "azure",
          "anthropic",
          "mistral",
          "openrouter",
          "litellm");

  private static final List<Provider> ALL =
      IDS.stream().map(id -> Bundled.read("/providers/" + id, Provider.class)).toList();

  private ProviderCatalog() {}

  public static List<Provider> all() {
    return ALL;
  }

  /// @throws ManifestException when the id is unknown, naming the nearest one
  public static Provider get(String id) {
    return ALL.stream()
        .filter(provider -> provider.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new ManifestException(
                "provider: '%s' is unknown%s; known: %s"
                    .formatted(id, StrictYaml.didYouMean(IDS, id), String.join(", ", IDS))));
  }

  /// The provider of an address, by its host name.
  public static Optional<Provider> at(String host) {
    return ALL.stream().filter(provider -> provider.isAt(host)).findFirst();
  }

  /// The provider that names itself so in the `owned_by` of its `/v1/models`.
  public static Optional<Provider> owning(String ownedBy) {
    return ALL.stream().filter(provider -> provider.ownedBy().contains(ownedBy)).findFirst();
  }
}
