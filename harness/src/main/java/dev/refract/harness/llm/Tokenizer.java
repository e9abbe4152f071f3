package dev.refract.harness.llm;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.refract.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Counts a reply's tokens where its server does not: a model's own `tokenizer.json`, read by
/// Hugging Face's library.
public final class Tokenizer {

  private static final String FILE_NAME = "tokenizer.json";

  private final HuggingFaceTokenizer tokenizer;
  private final String name;

  private Tokenizer(HuggingFaceTokenizer tokenizer, String name) {
    this.tokenizer = tokenizer;
    this.name = name;
  }

  /// @param place the file, or the folder of the weights that it lies in
  /// @throws ManifestException when it is not there or no tokenizer
  public static Tokenizer open(Path place) {
    Path file = Files.isDirectory(place) ? place.resolve(FILE_NAME) : place;
    if (!Files.isRegularFile(file)) {
      throw new ManifestException(
          "tokenizer: no file %s; give a model's %s, or the folder with it"
              .formatted(file, FILE_NAME));
    }
    // Otherwise the library asks a cloud's metadata service where it runs.
    System.setProperty("ai.djl.offline", "true");
    try {
      Path absolute = file.toAbsolutePath();
      Path folder = absolute.getParent();
      String name =
          folder == null ? FILE_NAME : folder.getFileName() + "/" + absolute.getFileName();
      return new Tokenizer(HuggingFaceTokenizer.newInstance(absolute), name);
    } catch (IOException | RuntimeException e) {
      throw new ManifestException(
          "tokenizer: %s is none: %s; expected the %s of the model's weights"
              .formatted(file, e.getMessage(), FILE_NAME));
    }
  }

  /// Without tokens that begin and end a text.
  public int count(String text) {
    return tokenizer.encode(text, false, false).getIds().length;
  }

  /// Its file and the folder of that.
  public String name() {
    return name;
  }
}
