package dev.refract.harness.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.manifest.ManifestException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which addresses are reached through which proxy.
class ProxyRulesTest {

  private static ProxyRules rules(String noProxy) {
    return ProxyRules.of(Map.of("https_proxy", "http://p:3128", "NO_PROXY", noProxy));
  }

  private static boolean isDirect(String noProxy, String host) {
    return rules(noProxy).proxyFor("https", host, 443).isEmpty();
  }

  @Test
  void each_scheme_has_its_proxy_and_both_cases_of_a_name_count() {
    ProxyRules rules =
        ProxyRules.of(
            Map.of("HTTP_PROXY", "http://a:1", "https_proxy", "b:2", "HTTPS_PROXY", "c:3"));
    assertThat(rules.proxyFor("http", "x.example", 80)).contains(URI.create("http://a:1"));
    assertThat(rules.proxyFor("https", "x.example", 443)).contains(URI.create("http://b:2"));
  }

  @Test
  void all_proxy_is_for_what_has_no_other() {
    ProxyRules rules = ProxyRules.of(Map.of("ALL_PROXY", "http://a:1", "http_proxy", ""));
    assertThat(rules.proxyFor("http", "x.example", 80)).contains(URI.create("http://a:1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.9.10", "::1", "[::1]", "a.localhost"})
  void this_machine_is_never_behind_a_proxy(String host) {
    assertThat(isDirect("", host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'*', x.example, true",
    "x.example, x.example, true",
    "x.example, a.x.example, true",
    "x.example, ax.example, false",
    ".x.example, a.x.example, true",
    ".x.example, x.example, true",
    ".x.example, evilx.example, false",
    "*.x.example, a.x.example, true",
    "X.Example, x.EXAMPLE, true",
    "x.example:443, x.example, true",
    "x.example:8443, x.example, false",
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.0.0.0/99, 10.1.2.3, false",
    "fd00::/8, fd12::1, true",
    "'a, b c', c, true",
    "10.0.0.0/8, ten.example, false"
  })
  void no_proxy_lists_what_is_direct(String noProxy, String host, boolean direct) {
    assertThat(isDirect(noProxy, host)).isEqualTo(direct);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://user:secret@p:1", "http://", "ht tp://secret"})
  void what_is_no_http_proxy_is_refused_and_not_repeated(String value) {
    assertThatThrownBy(() -> ProxyRules.of(Map.of("https_proxy", value)))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("secret");
  }
}
