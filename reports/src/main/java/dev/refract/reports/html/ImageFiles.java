package dev.refract.reports.html;

import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.RunRecord.Display;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// The pictures that the pages show, where their licences allow it.
final class ImageFiles {

  private static final int THUMBNAIL_PIXELS = 240;
  private static final long MAX_PIXELS = 100_000_000;

  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}(\\.small)?\\.[a-z]{3}");

  private static final ImageView.Shown CHANGED =
      new ImageView.Shown("", "The stored picture was changed and is not shown.");

  private final SiteFiles files;
  private final Path folder;

  /// @param site whose folder `images` holds them
  ImageFiles(SiteFiles site) {
    this.files = site;
    this.folder = site.folder().resolve("images");
  }

  /// Copies the picture into the site if its licence allows it.
  synchronized ImageView.Shown show(RunFile run, Display display, String sha256)
      throws IOException {
    Optional<RunFile.StoredImage> stored = run.image(sha256);
    if (stored.isEmpty()) {
      return new ImageView.Shown("", "The picture is not stored with this run.");
    }
    return switch (display) {
      case HIDE -> new ImageView.Shown("", "The benchmark's licence forbids showing it.");
      case SHOW -> copy(stored.get(), sha256);
      case THUMBNAIL -> small(stored.get(), sha256);
    };
  }

  /// The bytes of a picture; empty where they do not hash to its name, so that no other file is
  /// published in its place.
  private static Optional<byte[]> checked(RunFile.StoredImage stored) throws IOException {
    byte[] bytes = Files.readAllBytes(stored.file());
    return Sha256.of(bytes).equals(stored.sha256()) ? Optional.of(bytes) : Optional.empty();
  }

  /// SHA-256 digests of the pictures that pages of a run may show.
  static Set<String> shown(RunRecord record, List<ItemResult> items) {
    return items.stream()
        .filter(item -> RunPages.display(record, item.dataset()) != Display.HIDE)
        .flatMap(item -> item.images().stream())
        .map(ItemResult.Image::sha256)
        .collect(Collectors.toSet());
  }

  /// Removes the pictures of runs that are no longer on the site.
  ///
  /// @param shown digests of the pictures to keep
  void sweep(Set<String> shown) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> gone;
    try (Stream<Path> all = Files.list(folder)) {
      gone =
          all.filter(file -> OURS.matcher(file.getFileName().toString()).matches())
              .filter(file -> !shown.contains(file.getFileName().toString().substring(0, 64)))
              .toList();
    }
    for (Path file : gone) {
      Files.delete(file);
    }
  }

  private ImageView.Shown copy(RunFile.StoredImage stored, String sha256) throws IOException {
    String file = stored.file().getFileName().toString();
    String name = sha256 + file.substring(file.lastIndexOf('.'));
    Path copy = folder.resolve(name);
    if (!Files.exists(copy)) {
      Optional<byte[]> bytes = checked(stored);
      if (bytes.isEmpty()) {
        return CHANGED;
      }
      files.write("images/" + name, bytes.get());
    }
    return new ImageView.Shown(name, "");
  }

  private ImageView.Shown small(RunFile.StoredImage stored, String sha256) throws IOException {
    String name = sha256 + ".small.png";
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Optional<byte[]> bytes = checked(stored);
      if (bytes.isEmpty()) {
        return CHANGED;
      }
      Optional<BufferedImage> image = decoded(bytes.get());
      if (image.isEmpty()) {
        return new ImageView.Shown(
            "", "No thumbnail can be made, and the licence does not allow full size.");
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(reduced(image.get()), "png", png);
      files.write("images/" + name, png.toByteArray());
    }
    return new ImageView.Shown(name, "");
  }

  /// Decodes the image, subsampled where it is much larger than a thumbnail.
  private static Optional<BufferedImage> decoded(byte[] bytes) {
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        var how = reader.getDefaultReadParam();
        int step =
            Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / (2 * THUMBNAIL_PIXELS));
        how.setSourceSubsampling(step, step, 0, 0);
        return pixels > MAX_PIXELS ? Optional.empty() : Optional.of(reader.read(0, how));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException _) {
      return Optional.empty(); // damaged bytes, or a format that Java alone cannot read
    }
  }

  private static BufferedImage reduced(BufferedImage image) {
    double scale =
        Math.min(1, (double) THUMBNAIL_PIXELS / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(scale * image.getWidth()));
    int height = Math.max(1, (int) Math.round(scale * image.getHeight()));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = small.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    pen.dispose();
    return small;
  }
}
