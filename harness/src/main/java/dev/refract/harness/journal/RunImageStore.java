package dev.refract.harness.journal;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.ImagePreparation;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Stores each image once beside the runs, named by its SHA-256, so that reports do not need the
/// dataset.
public final class RunImageStore {

  private final RunFile run;

  /// @param run whose folder they are stored beside
  public RunImageStore(RunFile run) {
    this.run = run;
  }

  /// Whether the image is stored, in any format.
  public boolean has(String sha256) {
    return run.image(sha256).isPresent();
  }

  /// Stores an image as a browser shows it, upright and not as TIFF; where that changes its bytes,
  /// the new bytes' digest follows in the name, so that each stored file can be checked. Bytes in
  /// no known image format are skipped: a page could not show them.
  public void keep(String sha256, byte[] original) throws IOException {
    byte[] bytes = original;
    try {
      bytes = ImagePreparation.NONE.of(original);
    } catch (UnreadableImageException _) {
      // kept as it is: its question fails with the reason
    }
    Optional<ImageFormat> format = ImageFormat.of(bytes);
    if (format.isEmpty()) {
      return;
    }
    String own = bytes == original ? "" : "." + Sha256.of(bytes);
    Path folder = run.imageFolder();
    Path file = folder.resolve(sha256 + own + "." + format.get().extension());
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      // Not a Java temporary file: only its owner could read it, but pages are for other users.
      // The name is unique per thread: several captions of one image may be requested at once.
      String writer = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
      Path half = folder.resolve(sha256 + "." + writer + ".part");
      Files.write(half, bytes);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
