package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.read.ImageVault;
import dev.refract.harness.dataset.read.Reading;
import dev.refract.reports.result.RunJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The samples of a fetched dataset as lines of JSON, so that gigabytes are read once. A first line
/// tells what could not be read; each other line is a sample whose images lie in the vault.
final class SampleIndex {

  static final int VERSION = 1;

  private final Path file;
  private final ImageVault vault;

  SampleIndex(Path file, ImageVault vault) {
    this.file = file;
    this.vault = vault;
  }

  record Header(int version, List<BadRow> bad, List<String> notes, long rows) {}

  /// @param sha256 of an image in the vault, or null for one at `path`
  record IndexedImage(
      String name, @Nullable String sha256, @Nullable String extension, @Nullable String path) {}

  record IndexedSample(
      List<IndexedImage> images,
      String category,
      @Nullable String description,
      List<Question> questions) {}

  void write(Reading.Result result) throws IOException {
    Files.createDirectories(file.getParent());
    Header header = new Header(VERSION, result.bad(), result.notes(), result.rows());
    Stream<Object> lines =
        Stream.concat(Stream.of(header), result.samples().stream().map(SampleIndex::indexed));
    RunJson.replaceLines(file, lines::iterator);
  }

  private static IndexedSample indexed(Sample sample) {
    List<IndexedImage> images =
        sample.images().stream()
            .map(image -> {
              String name = image.file().getFileName().toString();
              return image.sha256() == null
                  ? new IndexedImage(image.name(), null, null, image.file().toString())
                  : new IndexedImage(
                      image.name(),
                      image.sha256(),
                      name.substring(name.lastIndexOf('.') + 1),
                      null);
            })
            .toList();
    return new IndexedSample(images, sample.category(), sample.description(), sample.questions());
  }

  /// What was written, unless it is of another version or an image of it has gone.
  Optional<Reading.Result> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      Header header = RunJson.MAPPER.readValue(lines.readLine(), Header.class);
      List<Sample> samples = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Sample> sample = sample(RunJson.MAPPER.readValue(line, IndexedSample.class));
        if (sample.isEmpty()) {
          return Optional.empty();
        }
        samples.add(sample.get());
      }
      return header.version == VERSION
          ? Optional.of(new Reading.Result(samples, header.bad, header.notes, header.rows))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty(); // damaged: it is made anew
    }
  }

  private Optional<Sample> sample(IndexedSample indexed) {
    List<ImageFile> images = new ArrayList<>();
    for (IndexedImage image : indexed.images) {
      if (image.sha256 != null && image.extension != null) {
        Path at = vault.file(image.sha256, image.extension);
        if (!Files.exists(at)) {
          return Optional.empty();
        }
        images.add(new ImageFile(image.name, at, image.sha256));
      } else if (image.path != null) {
        images.add(new ImageFile(image.name, Path.of(image.path), null));
      }
    }
    return Optional.of(
        new Sample(images, indexed.category, indexed.description, indexed.questions));
  }
}
