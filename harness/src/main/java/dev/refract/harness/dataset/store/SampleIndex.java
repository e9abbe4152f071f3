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
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The samples of a fetched dataset as lines of JSON, so that gigabytes are read once. A first line
/// tells what could not be read; each other line is a sample whose images lie in the vault.
final class SampleIndex {

  static final int VERSION = 2;

  private final Path file;
  private final ImageVault vault;

  SampleIndex(Path file, ImageVault vault) {
    this.file = file;
    this.vault = vault;
  }

  record Header(int version, List<BadRow> bad, List<String> notes, long rows, int samples) {}

  /// @param sha256 of an image in the vault, or null for one at `path`
  /// @param size of it in bytes, in the vault
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
    RunJson.replaceLines(file, lines);
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

  /// What was written, unless it is of another version or an image of it has gone.
  Optional<Reading.Result> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      Header header = RunJson.MAPPER.readValue(String.valueOf(lines.readLine()), Header.class);
      if (header == null) {
        return Optional.empty();
      }
      List<Sample> samples = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Sample> sample = sample(RunJson.MAPPER.readValue(line, IndexedSample.class));
        if (sample.isEmpty()) {
          return Optional.empty();
        }
        samples.add(sample.get());
      }
      return header.version == VERSION && samples.size() == header.samples
          ? Optional.of(new Reading.Result(samples, header.bad, header.notes, header.rows))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | CharacterCodingException _) {
      return Optional.empty(); // damaged: it is made anew
    }
  }

  private Optional<Sample> sample(@Nullable IndexedSample indexed) throws IOException {
    if (indexed == null) {
      return Optional.empty();
    }
    List<ImageFile> images = new ArrayList<>();
    for (IndexedImage image : indexed.images) {
      if (image.sha256 != null && image.extension != null) {
        Path at = vault.file(image.sha256, image.extension);
        if (!Files.exists(at) || Files.size(at) != image.size) {
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
