package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/// The identity of a captioner, an answerer or a judge: everything that can change its output, as
/// resolved. It contains no secrets. In JSON, the key `kind` names the variant.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "openai", value = ModelIdentity.Served.class),
  @JsonSubTypes.Type(name = "embedded", value = ModelIdentity.Embedded.class),
  @JsonSubTypes.Type(name = "ocr", value = ModelIdentity.Ocr.class),
  @JsonSubTypes.Type(name = "blind", value = ModelIdentity.Blind.class),
  @JsonSubTypes.Type(name = "reference", value = ModelIdentity.Reference.class),
  @JsonSubTypes.Type(name = "placebo", value = ModelIdentity.Placebo.class),
  @JsonSubTypes.Type(name = "direct", value = ModelIdentity.Direct.class),
  @JsonSubTypes.Type(name = "imported", value = ModelIdentity.Imported.class),
  @JsonSubTypes.Type(name = "file", value = ModelIdentity.Written.class),
  @JsonSubTypes.Type(name = "java", value = ModelIdentity.Custom.class)
})
public sealed interface ModelIdentity {

  /// A model behind an OpenAI-compatible server.
  ///
  /// @param baseUrl its address, several separated by `|`; null once removed
  /// @param checkpoint declared digest of the weights, or null
  /// @param repetitionPenalty null for servers that do not support it
  /// @param settings everything else that changes what it replies, as canonical JSON; null for
  ///   nothing
  record Served(
      @Nullable String baseUrl,
      String model,
      @Nullable String checkpoint,
      double temperature,
      double topP,
      @Nullable Double repetitionPenalty,
      int maxTokens,
      @Nullable String settings)
      implements ModelIdentity {}

  /// A model that llama.cpp runs on this machine.
  ///
  /// @param checkpoint digest of its weights, and of its projector after a plus sign
  /// @param engine that runs it: its version, and its slots if there are several
  record Embedded(
      String model,
      String checkpoint,
      String engine,
      double temperature,
      double topP,
      double repetitionPenalty,
      int maxTokens)
      implements ModelIdentity {}

  /// OCR in this process.
  ///
  /// @param reader its models and the version of refract's reading rules
  record Ocr(String reader) implements ModelIdentity {}

  /// The control without a caption.
  record Blind() implements ModelIdentity {}

  /// The control that repeats the dataset's own description.
  record Reference() implements ModelIdentity {}

  /// The control that shows another image's caption.
  ///
  /// @param of the captioner whose captions are exchanged
  record Placebo(ModelIdentity of, long seed) implements ModelIdentity {}

  /// The control without captions: a vision model answers from the image.
  ///
  /// @param of the vision model
  record Direct(ModelIdentity of) implements ModelIdentity {}

  /// A model of which only the name and the outputs are known.
  record Imported(String model) implements ModelIdentity {}

  /// Captions that exist already.
  ///
  /// @param file its name
  /// @param sha256 of the file
  record Written(String file, String sha256) implements ModelIdentity {}

  /// A class of the user's own.
  ///
  /// @param checksum of its jar or class file
  record Custom(String className, String checksum) implements ModelIdentity {}

  /// The kind as used in configurations, run files and pages, such as `openai`.
  default String kind() {
    return switch (this) {
      case Served _ -> "openai";
      case Embedded _ -> "embedded";
      case Ocr _ -> "ocr";
      case Blind _ -> "blind";
      case Reference _ -> "reference";
      case Placebo _ -> "placebo";
      case Direct _ -> "direct";
      case Imported _ -> "imported";
      case Written _ -> "file";
      case Custom _ -> "java";
    };
  }

  /// The model's name, or its kind where it has none.
  default String displayName() {
    return switch (this) {
      case Served served -> served.model();
      case Embedded embedded -> embedded.model();
      case Imported imported -> imported.model();
      case Written written -> written.file();
      case Custom custom -> custom.className();
      case Ocr _, Blind _, Reference _, Placebo _, Direct _ -> kind();
    };
  }

  /// Whether it is a control, whose speed is meaningless.
  @JsonIgnore
  default boolean isControl() {
    return switch (this) {
      case Blind _, Reference _, Placebo _, Direct _ -> true;
      case Served _, Embedded _, Ocr _, Imported _, Written _, Custom _ -> false;
    };
  }

  /// Whether equal identities mean equal weights. A server's model name alone does not: a
  /// checkpoint may have been overwritten.
  default boolean pinsWeights() {
    return switch (this) {
      case Served served -> served.checkpoint() != null;
      case Placebo placebo -> placebo.of().pinsWeights();
      case Direct direct -> direct.of().pinsWeights();
      case Embedded _, Ocr _, Blind _, Reference _, Imported _, Written _, Custom _ -> true;
    };
  }

  /// The identity that two equal requests or runs share: a server's address is part of it only
  /// where no checkpoint is declared.
  default ModelIdentity fingerprinted() {
    return pinsWeights() ? withoutAddress() : this;
  }

  /// The same model without its server's address.
  default ModelIdentity withoutAddress() {
    return switch (this) {
      case Served s ->
          new Served(
              null,
              s.model(),
              s.checkpoint(),
              s.temperature(),
              s.topP(),
              s.repetitionPenalty(),
              s.maxTokens(),
              s.settings());
      case Placebo placebo -> new Placebo(placebo.of().withoutAddress(), placebo.seed());
      case Direct direct -> new Direct(direct.of().withoutAddress());
      case Embedded _, Ocr _, Blind _, Reference _, Imported _, Written _, Custom _ -> this;
    };
  }

  /// The server's address, or null for a model without a server.
  default @Nullable String address() {
    return switch (this) {
      case Served served -> served.baseUrl();
      case Placebo placebo -> placebo.of().address();
      case Direct direct -> direct.of().address();
      case Embedded _, Ocr _, Blind _, Reference _, Imported _, Written _, Custom _ -> null;
    };
  }
}
