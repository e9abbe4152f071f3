package dev.refract.reports.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a server says about the model behind a name, from `/v1/models` and the pages that llama.cpp
/// and Ollama have for it. A change of it means other weights.
///
/// @param address base URL
/// @param id the name that the server lists, or null when it lists none
/// @param root path or name of the weights (vLLM, SGLang), or null
/// @param weights what else identifies them: llama.cpp's file and size, Ollama's digest; or null
/// @param context maximum number of tokens, or null
/// @param ownedBy the kind of server, such as `vllm`; or null
/// @param software name and version of the server, or null
public record ServedModel(
    String address,
    @Nullable String id,
    @Nullable String root,
    @Nullable String weights,
    @Nullable Integer context,
    @Nullable String ownedBy,
    @Nullable String software) {

  /// A server that says nothing about its model.
  public static ServedModel unknown(String address) {
    return new ServedModel(address, null, null, null, null, null, null);
  }

  /// How a later reading of the same server differs in what identifies the weights: each with both
  /// values. What one of them does not say is no difference.
  public List<String> changes(ServedModel now) {
    List<String> changes = new ArrayList<>();
    change(changes, "root", root, now.root);
    change(changes, "weights", weights, now.weights);
    change(changes, "max_model_len", context, now.context);
    return changes;
  }

  private static void change(
      List<String> changes, String what, @Nullable Object before, @Nullable Object after) {
    if (before != null && after != null && !Objects.equals(before, after)) {
      changes.add("%s was %s, is now %s".formatted(what, before, after));
    }
  }

  /// Whether both are readings of the same name at the same address.
  boolean isSameServerAs(ServedModel other) {
    return address.equals(other.address) && (id == null || id.equals(other.id) || other.id == null);
  }

  /// Such as `http://gpu1:8000/v1: /ckpt/step-500, context 16384, vllm 0.11.0`.
  public String words() {
    List<String> facts = new ArrayList<>();
    for (Object fact :
        new @Nullable Object[] {
          root, weights, context == null ? null : "context " + context, software
        }) {
      if (fact != null) {
        facts.add(fact.toString());
      }
    }
    return address + (facts.isEmpty() ? "" : ": " + String.join(", ", facts));
  }
}
