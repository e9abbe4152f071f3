package dev.refract.harness.dataset;

import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.manifest.DatasetManifest.ImageRule;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A benchmark as read from disk.
///
/// @param id name in results
/// @param origin source of the data
/// @param ofImages number of samples on disk; more than `samples` once the dataset is narrowed
/// @param selection description of the selected part; empty for the whole dataset
/// @param bad rows that could not be read, in order
/// @param notes remarks for the user
public record Dataset(
    String id,
    String title,
    Origin origin,
    List<Sample> samples,
    int ofImages,
    String selection,
    List<BadRow> bad,
    List<String> notes) {

  /// Source of a dataset.
  ///
  /// @param layout name of the file layout
  /// @param revision the commit or checksum of the source, or null for a folder
  /// @param images how a published page may show the images
  /// @param scorer the script that its metric reproduces, or null
  public record Origin(
      String layout,
      @Nullable String revision,
      @Nullable String licence,
      ImageRule images,
      RunRecord.@Nullable Scorer scorer) {

    /// A folder of the user's own.
    public static Origin folder(String layout) {
      return new Origin(layout, null, null, ImageRule.SHOW, null);
    }
  }

  /// A row that could not be turned into a question.
  ///
  /// @param place file and line or row
  public record BadRow(String place, String problem) {

    @Override
    public String toString() {
      return place + ": " + problem;
    }
  }

  /// What to do with rows that cannot be read.
  public enum OnBad {
    FAIL,
    SKIP
  }

  public Dataset {
    samples = samples instanceof Counted ? samples : List.copyOf(samples);
    bad = List.copyOf(bad);
    notes = List.copyOf(notes);
  }

  /// The whole dataset.
  public static Dataset whole(
      String id,
      String title,
      Origin origin,
      List<Sample> samples,
      List<BadRow> bad,
      List<String> notes) {
    return new Dataset(id, title, origin, samples, samples.size(), "", bad, notes);
  }

  /// A list of samples with precomputed totals, since there may be millions of samples on disk.
  public interface Counted {
    int questions();

    /// Whether the digest of every image is known.
    boolean isIdentified();
  }

  public int questions() {
    if (samples instanceof Counted counted) {
      return counted.questions();
    }
    return samples.parallelStream().mapToInt(s -> s.questions().size()).sum();
  }

  /// Number of image files; one sample may have several.
  public int images() {
    return (int)
        samples.stream().flatMap(s -> s.images().stream()).map(ImageFile::file).distinct().count();
  }

  /// The dataset narrowed to these samples.
  ///
  /// @param words description of the selection, for reports
  public Dataset narrowed(List<Sample> some, String words) {
    return new Dataset(id, title, origin, some, ofImages, words, bad, notes);
  }

  /// Reads every image once, records its digest, and moves samples with unreadable images to the
  /// bad rows. Images whose digest is already recorded are not read again.
  ///
  /// @throws DatasetException when there is a bad row and `onBad` is `FAIL`, or no sample is left
  public Dataset identified(OnBad onBad) {
    boolean known =
        samples instanceof Counted counted
            ? counted.isIdentified()
            : samples.stream().allMatch(Dataset::isKnown);
    List<Read> read = known ? List.of() : samples.parallelStream().map(Dataset::read).toList();
    List<BadRow> all = new ArrayList<>(bad);
    read.forEach(r -> r.bad.ifPresent(all::add));
    if (!all.isEmpty() && onBad == OnBad.FAIL) {
      throw new DatasetException(
          "dataset '%s': %d bad samples, the first: %s; fix them, or skip bad samples with --on-bad-sample skip"
              .formatted(id, all.size(), all.getFirst()));
    }
    List<Sample> good = known ? samples : read.stream().flatMap(r -> r.good.stream()).toList();
    if (good.isEmpty()) {
      throw new DatasetException(
          "dataset '%s' contains no question%s"
              .formatted(id, all.isEmpty() ? "" : ", only bad rows, such as " + all.getFirst()));
    }
    return new Dataset(id, title, origin, good, ofImages, selection, all, notes);
  }

  /// Result of reading one sample; exactly one of the two is present.
  private record Read(Optional<Sample> good, Optional<BadRow> bad) {}

  private static boolean isKnown(Sample sample) {
    return sample.images().stream().allMatch(image -> image.sha256() != null);
  }

  private static Read read(Sample sample) {
    try {
      return new Read(Optional.of(identified(sample)), Optional.empty());
    } catch (DatasetException e) {
      BadRow bad = new BadRow(sample.name(), String.valueOf(e.getMessage()));
      return new Read(Optional.empty(), Optional.of(bad));
    }
  }

  private static Sample identified(Sample sample) {
    if (isKnown(sample)) {
      return sample;
    }
    List<ImageFile> images = new ArrayList<>();
    for (ImageFile image : sample.images()) {
      try {
        byte[] bytes = image.bytes();
        ImageDecoder.check(bytes);
        images.add(image.identified(bytes));
      } catch (UnreadableImageException e) {
        throw new DatasetException("image: " + e.getMessage());
      } catch (IOException e) {
        throw new DatasetException("image cannot be read: " + e.getMessage());
      }
    }
    return new Sample(images, sample.category(), sample.description(), sample.questions());
  }
}
