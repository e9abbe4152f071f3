package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Images that were embedded in other files: each is stored once, named by its SHA-256.
public record ImageStore(Path folder) {

  /// @throws BadRowException when the bytes are not a decodable image
  ImageFile keep(String name, byte[] bytes) throws BadRowException, IOException {
    ImageFormat format;
    try {
      format = ImageDecoder.check(bytes);
    } catch (UnreadableImageException e) {
      throw new BadRowException("image: " + e.getMessage());
    }
    String sha256 = Sha256.of(bytes);
    Path file = file(sha256, format.extension());
    if (!Files.exists(file) || Files.size(file) != bytes.length) {
      Files.createDirectories(file.getParent());
      Path half =
          file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      Files.write(half, bytes);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return new ImageFile(name, file, sha256);
  }

  /// Path of an image in the store.
  public Path file(String sha256, String extension) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256 + "." + extension);
  }
}
