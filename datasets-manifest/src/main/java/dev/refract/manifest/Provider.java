package dev.refract.manifest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How one kind of OpenAI-compatible server differs from the others: the content of
/// `providers/*.yaml`.
///
/// @param id the value of the key `provider`
/// @param baseUrl its usual address, or null where each user has another
/// @param hosts regular expressions of host names that belong to it
/// @param ownedBy what its `/v1/models` says in `owned_by`
/// @param apiKeyEnv the variable that usually holds its key, or null
/// @param apiKeyHeader the header that takes the key in place of `Authorization: Bearer`, or null
/// @param query parameters that every request needs
/// @param rename names that it gives to standard parameters
/// @param omit standard parameters that it refuses or ignores; asking for one is an error
/// @param neutralUnsent whether `top_p` 1 is left out: it changes nothing where the server has no
///   other default, and some models refuse to be given it
/// @param thinking how a request turns a model's thinking off, in words
/// @param docs where its API is described
public record Provider(
    String id,
    @Nullable String baseUrl,
    List<String> hosts,
    List<String> ownedBy,
    @Nullable String apiKeyEnv,
    @Nullable String apiKeyHeader,
    Map<String, String> query,
    Map<String, String> rename,
    List<String> omit,
    boolean neutralUnsent,
    String thinking,
    String docs) {

  /// A server of a kind that is not known. It gets every parameter under its usual name.
  public static final Provider UNKNOWN =
      new Provider(
          "unknown",
          null,
          List.of(),
          List.of(),
          null,
          null,
          Map.of(),
          Map.of(),
          List.of(),
          false,
          "extra_body.chat_template_kwargs.enable_thinking=false, or reasoning_effort=none",
          "");

  public Provider {
    hosts = hosts == null ? List.of() : hosts;
    ownedBy = ownedBy == null ? List.of() : ownedBy;
    query = query == null ? Map.of() : query;
    rename = rename == null ? Map.of() : rename;
    omit = omit == null ? List.of() : omit;
    thinking = Objects.requireNonNullElse(thinking, "");
    docs = Objects.requireNonNullElse(docs, "");
  }

  /// Whether a host name belongs to this provider.
  boolean isAt(String host) {
    return hosts.stream().anyMatch(host::matches);
  }
}
