package dev.refract.reports.load;

import dev.refract.reports.result.RunFormatException;
import dev.refract.reports.result.RunJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that one `refract throughput` measured, with what a published figure must state.
///
/// @param format {@link #FORMAT}
/// @param created UTC, ISO 8601
/// @param captioner as a run would record it: server, model, sampling as resolved
/// @param images where they come from and how large they are
/// @param textTokens of a request without its image, as the server counts them; null where it was
///   not asked or does not tell
/// @param tokensCountedBy in words
/// @param gpus of the client's machine, with memory and power limit
/// @param servers what they say they are
/// @param processors of the client
/// @param knee where more load brought no more; null without a sweep, or while it still gained
/// @param accuracy of the very captions that were timed, or null
public record LoadReport(
    int format,
    String created,
    String refract,
    String command,
    Map<String, Object> captioner,
    String images,
    String prompt,
    @Nullable Integer textTokens,
    String tokensCountedBy,
    List<String> gpus,
    @Nullable String driver,
    List<String> servers,
    int processors,
    double warmUpSeconds,
    List<LoadStep> steps,
    @Nullable String knee,
    @Nullable Accuracy accuracy) {

  public static final int FORMAT = 1;

  public LoadReport {
    gpus = List.copyOf(gpus);
    servers = List.copyOf(servers);
    steps = List.copyOf(steps);
  }

  /// How much of the images those captions told that were timed.
  ///
  /// @param run the folder of the run that scored them
  /// @param images that were captioned in a window and have questions
  /// @param accuracy 0 to 1, with its 95 % interval clustered by image
  public record Accuracy(
      String run, int images, int questions, double accuracy, double low, double high) {}

  /// @throws RunFormatException when it is no such file, or of another version
  public static LoadReport read(Path file) {
    LoadReport report = RunJson.read(file, LoadReport.class);
    if (report.format != FORMAT) {
      throw new RunFormatException(
          file,
          "format %d, where this refract reads %d; measure again with --out"
              .formatted(report.format, FORMAT));
    }
    return report;
  }

  public void write(Path file) throws IOException {
    RunJson.replace(file, RunJson.pretty(this));
  }

  /// Such as `caprl at http://gpu1:8000/v1`.
  public String subject() {
    return "%s at %s".formatted(captioner.get("model"), captioner.get("base_url"));
  }
}
