package dev.refract.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The models known by name.
public final class ModelCatalog {

  /// The default embedded answerer; ARCHITECTURE.md describes how it was chosen.
  public static final String DEFAULT = "qwen2.5-coder-1.5b-instruct";

  /// A smaller one, for tests and for `demo --fast`.
  public static final String FAST = "qwen2.5-coder-0.5b-instruct";

  private static final List<String> IDS =
      List.of(DEFAULT, FAST, "smollm2-135m-instruct", "gemma3-270m");

  /// Finds the text in an image, for the captioner `ocr`.
  public static final String TEXT_DETECTOR = "pp-ocrv6-small-detector";

  /// Reads a line of text.
  public static final String TEXT_RECOGNIZER = "pp-ocrv6-small-recognizer";

  /// Platforms for which a library of llama.cpp can be fetched.
  private static final List<String> PLATFORMS =
      List.of("linux-x64", "linux-arm64", "macos-x64", "macos-arm64");

  private ModelCatalog() {}

  /// The embedded answerers.
  public static List<ModelManifest> all() {
    return IDS.stream().map(id -> load("/models/" + id + ".yaml")).toList();
  }

  /// The networks of the captioner `ocr`.
  public static List<ModelManifest> ocr() {
    return List.of(ocr(TEXT_DETECTOR), ocr(TEXT_RECOGNIZER));
  }

  /// One network of the captioner `ocr`.
  ///
  /// @param id {@link #TEXT_DETECTOR} or {@link #TEXT_RECOGNIZER}
  public static ModelManifest ocr(String id) {
    return load("/ocr/" + id + ".yaml");
  }

  public static Optional<ModelManifest> find(String id) {
    return all().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  /// The library of llama.cpp for a platform such as `linux-x64`.
  public static Optional<ModelManifest> engine(String platform) {
    return PLATFORMS.contains(platform)
        ? Optional.of(load("/engines/xllamacpp-" + platform + ".yaml"))
        : Optional.empty();
  }

  private static ModelManifest load(String resource) {
    try (InputStream bytes = ModelCatalog.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return StrictYaml.read(bytes.readAllBytes(), resource, ModelManifest.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
