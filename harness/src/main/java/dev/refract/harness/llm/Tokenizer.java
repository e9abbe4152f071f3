package dev.refract.harness.llm;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.refract.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Counts the tokens of a reply if its server does not, with the model's `tokenizer.json` and
/// Hugging Face's library.
public final class Tokenizer {

  private static final String FILE_NAME = "tokenizer.json";

  private final HuggingFaceTokenizer tokenizer;
  private final String name;

  private Tokenizer(HuggingFaceTokenizer tokenizer, String name) {
    this.tokenizer = tokenizer;
    this.name = name;
  }

  /// @param place the file, or the folder of the weights that contains it
  /// @throws ManifestException when the file is missing or is not a tokenizer
  public static Tokenizer open(Path place) {
    Path file = Files.isDirectory(place) ? place.resolve(FILE_NAME) : place;
    if (!Files.isRegularFile(file)) {
      throw new ManifestException(
          "tokenizer: no file %s; give a model's %s, or the folder with it"
              .formatted(file, FILE_NAME));
    }
    // Otherwise the library queries the cloud's metadata service.
    System.setProperty("ai.djl.offline", "true");
    try {
      Path absolute = file.toAbsolutePath();
      Path folder = absolute.getParent();
      String name =
          folder == null ? FILE_NAME : folder.getFileName() + "/" + absolute.getFileName();
      return new Tokenizer(HuggingFaceTokenizer.newInstance(absolute), name);
    } catch (IOException | RuntimeException e) {
      throw new ManifestException(
          "tokenizer: %s is not a tokenizer: %s; expected the model's %s"
              .formatted(file, e.getMessage(), FILE_NAME));
    }
  }

  /// The number of tokens, without special tokens that begin or end a text.
  public int count(String text) {
    return tokenizer.encode(text, false, false).getIds().length;
  }

  /// The names of the file and its folder.
  public String name() {
    return name;
  }
}
