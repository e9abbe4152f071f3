package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.read.ImageStore;
import dev.refract.harness.dataset.read.Reading;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The samples of a fetched dataset as JSON Lines, so that gigabytes of source files are read only
/// once. The first line lists rows that could not be read; every other line is a sample, whose
/// embedded images are in the vault.
final class SampleIndex {

  static final int VERSION = 3;

  private final Path file;
  private final ImageStore vault;

  SampleIndex(Path file, ImageStore vault) {
    this.file = file;
    this.vault = vault;
  }

  record Header(int version, List<BadRow> bad, List<String> notes, long rows, int samples) {}

  /// @param sha256 SHA-256 of an image in the vault, or null for an image at `path`
  /// @param size size of an image in the vault, in bytes
  record IndexedImage(
      String name,
      @Nullable String sha256,
      @Nullable String extension,
      long size,
      @Nullable String path) {}

  record IndexedSample(
      List<IndexedImage> images,
      String category,
      @Nullable String description,
      List<Question> questions) {}

  void write(Reading.Result result) throws IOException {
    Files.createDirectories(file.getParent());
    List<Object> lines = new ArrayList<>();
    lines.add(
        new Header(VERSION, result.bad(), result.notes(), result.rows(), result.samples().size()));
    for (Sample sample : result.samples()) {
      lines.add(indexed(sample));
    }
    JsonLines.replace(file, lines);
  }

  /// @param whole whether the images in the vault still have their recorded sizes
  /// @param identified whether all images are in the vault, so that their digests are known
  private record Count(int questions, boolean whole, boolean identified) {

    static final Count NOTHING = new Count(0, true, true);

    Count and(Count other) {
      return new Count(
          questions + other.questions, whole && other.whole, identified && other.identified);
    }
  }

  private Count count(IndexedSample sample) {
    return new Count(
        sample.questions.size(),
        isWhole(sample),
        sample.images.stream().allMatch(image -> image.sha256 != null));
  }

  private static IndexedSample indexed(Sample sample) throws IOException {
    List<IndexedImage> images = new ArrayList<>();
    for (ImageFile image : sample.images()) {
      String name = image.file().getFileName().toString();
      images.add(
          image.sha256() == null
              ? new IndexedImage(image.name(), null, null, 0, image.file().toString())
              : new IndexedImage(
                  image.name(),
                  image.sha256(),
                  name.substring(name.lastIndexOf('.') + 1),
                  Files.size(image.file()),
                  null));
    }
    return new IndexedSample(images, sample.category(), sample.description(), sample.questions());
  }

  /// The index that was written; empty when it has another version or one of its images is missing.
  /// The samples stay on disk and are read at each access.
  Optional<Reading.Result> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      StoredLines lines = StoredLines.of(file);
      if (lines.size() == 0) {
        return Optional.empty();
      }
      Header header = JsonLines.parse(file, 1, lines.get(0), Header.class);
      if (header.version != VERSION || lines.size() != header.samples + 1) {
        return Optional.empty();
      }
      Count count =
          IntStream.range(1, lines.size())
              .parallel()
              .mapToObj(number -> count(indexed(lines, number)))
              .reduce(Count.NOTHING, Count::and);
      return count.whole
          ? Optional.of(
              new Reading.Result(new Stored(lines, count), header.bad, header.notes, header.rows))
          : Optional.empty();
    } catch (RunFormatException | IllegalArgumentException _) {
      return Optional.empty(); // damaged: it is rebuilt
    }
  }

  /// Samples that are read from disk at each access.
  private final class Stored extends AbstractList<Sample> implements RandomAccess, Dataset.Counted {

    private final StoredLines lines;
    private final Count count;

    Stored(StoredLines lines, Count count) {
      this.lines = lines;
      this.count = count;
    }

    @Override
    public int questions() {
      return count.questions;
    }

    @Override
    public boolean isIdentified() {
      return count.identified;
    }

    @Override
    public Sample get(int number) {
      return sample(indexed(lines, number + 1));
    }

    @Override
    public int size() {
      return lines.size() - 1;
    }
  }

  private IndexedSample indexed(StoredLines lines, int number) {
    return JsonLines.parse(file, number + 1, lines.get(number), IndexedSample.class);
  }

  /// Whether the sample's images in the vault have their recorded sizes.
  private boolean isWhole(IndexedSample sample) {
    for (IndexedImage image : sample.images) {
      if (image.sha256 != null && image.extension != null) {
        File at = vault.file(image.sha256, image.extension).toFile();
        if (at.length() != image.size) { // 0 for a missing file
          return false;
        }
      }
    }
    return true;
  }

  private Sample sample(IndexedSample indexed) {
    List<ImageFile> images = new ArrayList<>();
    for (IndexedImage image : indexed.images) {
      if (image.sha256 != null && image.extension != null) {
        images.add(
            new ImageFile(image.name, vault.file(image.sha256, image.extension), image.sha256));
      } else if (image.path != null) {
        images.add(new ImageFile(image.name, Path.of(image.path), null));
      }
    }
    return new Sample(images, indexed.category, indexed.description, indexed.questions);
  }
}
