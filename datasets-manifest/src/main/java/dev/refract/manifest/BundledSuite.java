package dev.refract.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/// The suite bundled with refract: 60 drawn images, 240 questions, CC0. The images are drawn by
/// `dev.refract.manifest.mini.MiniSuite`.
public final class BundledSuite {

  public static final String MINI = "mini";

  private BundledSuite() {}

  /// Its folder, in refract's JSONL layout; inside a jar when refract is packaged.
  public static Path mini() {
    URL questions = BundledSuite.class.getResource("/mini/questions.jsonl");
    if (questions == null) {
      throw new IllegalStateException("/mini/questions.jsonl is not on the class path");
    }
    try {
      URI uri = questions.toURI();
      Path file = uri.getScheme().equals("jar") ? jar(uri).getPath("/mini/x") : Path.of(uri);
      return java.util.Objects.requireNonNull(file.getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileSystem jar(URI uri) throws IOException {
    try {
      return FileSystems.newFileSystem(uri, Map.of());
    } catch (FileSystemAlreadyExistsException _) {
      return FileSystems.getFileSystem(uri);
    }
  }
}
