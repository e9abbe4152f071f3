package dev.refract.reports.load;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunFormatException;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.upgrade.Upgrades;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything that one `refract throughput` measured, with what a published figure must state.
///
/// @param format {@link #FORMAT}
/// @param captioner as a run would record it: server, model, sampling as resolved
/// @param images where they come from and how large they are
/// @param textTokens of a request without its image, as the server counts them; null where it was
///   not asked or does not tell
/// @param tokensCountedBy in words
/// @param knee where more load brought no more; null without a sweep, or while it still gained
/// @param accuracy of the very captions that were timed, or null
public record LoadReport(
    int format,
    @JsonUnwrapped Origin origin,
    ModelIdentity captioner,
    String images,
    String prompt,
    @Nullable Integer textTokens,
    String tokensCountedBy,
    @JsonUnwrapped Machines machines,
    double warmUpSeconds,
    List<LoadStep> steps,
    @Nullable String knee,
    @Nullable Accuracy accuracy) {

  public static final int FORMAT = 2;

  public LoadReport {
    steps = List.copyOf(steps);
  }

  /// @param created UTC, ISO 8601
  /// @param refract its version
  public record Origin(String created, String refract, String command) {}

  /// @param gpus of the client's machine, with memory and power limit
  /// @param driver of these, or null
  /// @param servers what they say they are
  /// @param processors of the client
  public record Machines(
      List<String> gpus, @Nullable String driver, List<String> servers, int processors) {

    public Machines {
      gpus = List.copyOf(gpus);
      servers = List.copyOf(servers);
    }
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
    JsonNode node = RunJson.read(file, JsonNode.class);
    int format = node.path("format").asInt(-1);
    if (format < 1 || format > FORMAT) {
      throw new RunFormatException(
          file,
          "format %d, where this refract reads 1 to %d; measure again with --out"
              .formatted(format, FORMAT));
    }
    if (node instanceof ObjectNode report && report.get("captioner") instanceof ObjectNode model) {
      Upgrades.identity(model);
      report.put("format", FORMAT);
    }
    try {
      return RunJson.MAPPER.treeToValue(node, LoadReport.class);
    } catch (JacksonException e) {
      throw new RunFormatException(file, 1, "not a LoadReport: " + e.getOriginalMessage());
    }
  }

  public void write(Path file) throws IOException {
    RunJson.replace(file, RunJson.pretty(this));
  }

  /// Such as `caprl at http://gpu1:8000/v1`.
  public String subject() {
    return "%s at %s".formatted(captioner.displayName(), captioner.address());
  }
}
