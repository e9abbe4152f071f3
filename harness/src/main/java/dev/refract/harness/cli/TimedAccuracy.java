package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.run.LoadTestCaptions;
import dev.refract.harness.run.Run;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Scores exactly the captions that a load test timed, as a run over their images.
///
/// @param folder folder of that run
/// @param arguments arguments of the command, recorded with the run
record TimedAccuracy(
    Path folder,
    Dataset dataset,
    ModelSpec captioner,
    ModelSpec answerer,
    TrialOptions.Asked asked,
    List<String> arguments) {

  /// Checks the settings before any request is sent.
  ///
  /// @throws ManifestException when the captions could not be scored afterwards
  void check() {
    if (Files.exists(folder.resolve("run.json"))) {
      throw new ManifestException(
          "--with-accuracy: %s already contains a run; name another folder".formatted(folder));
    } else if (asked.protocol().caption().samples() > 1
        || asked.protocol().caption().query() != null) {
      throw new ManifestException(
          "--with-accuracy: protocol '%s' needs several captions per image, but a load makes one"
              .formatted(asked.protocol().id()));
    }
  }

  /// @return null when no image of the dataset was captioned in time
  LoadReport.@Nullable Accuracy of(
      LoadTestCaptions timed, ModelFactory factory, GpuSource gpus, CancellationToken cancellation)
      throws IOException, InterruptedException {
    List<Sample> captioned =
        dataset.samples().stream()
            .filter(sample ->
                sample.images().stream()
                    .allMatch(image -> timed.replies().containsKey(image.identity())))
            .toList();
    if (captioned.isEmpty()) {
      return null;
    }
    try (Models models =
        new Models(factory, List.of(captioner), List.of(answerer), asked.judge())) {
      RunFile run =
          Run.prepare(
                  new Run.Names(folder, ModelFactory.id(captioner), ModelFactory.id(answerer)),
                  List.of(dataset.narrowed(captioned, "images timed by refract throughput")),
                  models.captioners().getFirst(),
                  models.answerers().getFirst(),
                  asked.settings(models.judge(), arguments),
                  gpus)
              .execute(
                  timed,
                  new RunContext(
                      cancellation,
                      false,
                      false,
                      new Notices(System.err, DataOptions.onTerminal())));
      Summary.Overall all = run.summary().overall();
      return new LoadReport.Accuracy(
          folder.toString(),
          captioned.size(),
          all.accuracy().n(),
          all.accuracy().mean(),
          all.accuracy().low(),
          all.accuracy().high());
    }
  }
}
