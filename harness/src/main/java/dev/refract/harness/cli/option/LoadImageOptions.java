package dev.refract.harness.cli.option;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.load.LoadImages;
import dev.refract.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options for the images of a load test.
public final class LoadImageOptions {

  @Option(
      names = "--dataset",
      paramLabel = "ID|FOLDER",
      description =
          "Dataset whose images are sent; images repeat only when there are not enough of them.")
  private @Nullable String dataset;

  @Option(
      names = "--synthetic",
      paramLabel = "WxH",
      description = "Send generated images of this size instead, all different.")
  private @Nullable String synthetic;

  @Option(
      names = "--text",
      description =
          "Send text prompts, all different, instead of images, to a server of a text model.")
  private boolean text;

  /// @param data the dataset of the images, or null
  public record Chosen(LoadImages pictures, @Nullable Dataset data) {}

  /// The dataset where it is a file or a folder of the user's.
  public Optional<Path> datasetPath() {
    return Optional.ofNullable(dataset).map(Path::of).filter(Files::exists);
  }

  public Chosen choose(DataOptions from) throws IOException, InterruptedException {
    long named = Stream.of(dataset != null, synthetic != null, text).filter(b -> b).count();
    if (named != 1) {
      throw new ManifestException(
          "expected exactly one of --dataset, --synthetic and --text, found " + named);
    }
    if (text) {
      return new Chosen(new LoadImages.None(), null);
    }
    if (synthetic != null) {
      if (!synthetic.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
        throw new ManifestException(
            "--synthetic: expected a size such as 1280x960, found '%s'".formatted(synthetic));
      }
      String[] sides = synthetic.split("x");
      return new Chosen(
          new LoadImages.Synthetic(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])), null);
    }
    Dataset opened =
        from.datasets(from.catalog(), null)
            .open(String.valueOf(dataset), from.request(false))
            .identified(OnBad.FAIL);
    List<ImageFile> images =
        opened.samples().stream().flatMap(sample -> sample.images().stream()).distinct().toList();
    String revision = opened.origin().revision();
    return new Chosen(
        LoadImages.Stored.of(images, opened.id() + (revision == null ? "" : " at " + revision)),
        opened);
  }
}
