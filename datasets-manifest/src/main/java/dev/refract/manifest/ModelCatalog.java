package dev.refract.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The models known by name.
public final class ModelCatalog {

  /// The default embedded answerer; ARCHITECTURE.md describes how it was chosen.
  public static final String DEFAULT = "qwen2.5-coder-0.5b-instruct";

  private static final List<String> IDS = List.of(DEFAULT, "smollm2-135m-instruct", "gemma3-270m");

  private ModelCatalog() {}

  public static List<ModelManifest> all() {
    return IDS.stream().map(ModelCatalog::load).toList();
  }

  public static Optional<ModelManifest> find(String id) {
    return all().stream().filter(model -> model.id().equals(id)).findFirst();
  }

  private static ModelManifest load(String id) {
    String resource = "/models/" + id + ".yaml";
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
