package dev.refract.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The bundled providers, and how one is recognized.
class ProviderCatalogTest {

  @Test
  void each_is_known_by_its_id_and_says_where_its_api_is_described() {
    assertThat(ProviderCatalog.all()).hasSize(10);
    for (Provider provider : ProviderCatalog.all()) {
      assertThat(ProviderCatalog.get(provider.id())).isEqualTo(provider);
      assertThat(provider.docs()).startsWith("https://");
      assertThat(provider.thinking()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai",
    "eu.api.openai.com, openai",
    "name.openai.azure.com, azure",
    "api.anthropic.com, anthropic",
    "api.mistral.ai, mistral",
    "openrouter.ai, openrouter"
  })
  void a_host_belongs_to_its_provider(String host, String id) {
    assertThat(ProviderCatalog.at(host)).map(Provider::id).contains(id);
  }

  @ParameterizedTest
  @CsvSource({"gpu1", "127.0.0.1", "api.openai.com.evil.example", "notopenrouter.ai"})
  void other_hosts_belong_to_none(String host) {
    assertThat(ProviderCatalog.at(host)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"vllm, vllm", "sglang, sglang", "llamacpp, llama.cpp", "library, ollama"})
  void a_server_names_its_kind(String ownedBy, String id) {
    assertThat(ProviderCatalog.owning(ownedBy)).map(Provider::id).contains(id);
  }

  @Test
  void an_unknown_id_is_refused_with_the_nearest() {
    assertThatThrownBy(() -> ProviderCatalog.get("olama"))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("ollama");
  }
}
