package dev.refract.reports.load;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.file.OutputFile;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.upgrade.Upgrades;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The results of one `refract throughput`, with everything that a published figure must state.
///
/// @param format {@link #FORMAT}
/// @param captioner as a run would record it: server, model, sampling as resolved
/// @param images their source and size
/// @param textTokens input tokens of a request without its image, as counted by the server; null
///   where this was not measured or the server does not report it
/// @param tokensCountedBy what counted the tokens, in words
/// @param knee the step at which throughput stopped growing; null without a sweep, or if it was
///   still growing
/// @param accuracy of exactly the captions that were timed, or null
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

  public static final int FORMAT = 3;

  /// The first format that contains its own digest.
  private static final int SEALED_FORMAT = 3;

  private static final String DIGEST = "sha256";

  public LoadReport {
    steps = List.copyOf(steps);
  }

  /// @param created UTC, ISO 8601
  /// @param refract version of refract
  public record Origin(String created, String refract, String command) {}

  /// @param gpus of the client's machine, with memory and power limit
  /// @param driver their driver, or null
  /// @param servers as they identify themselves
  /// @param processors number of processors of the client
  public record Machines(
      List<String> gpus, @Nullable String driver, List<String> servers, int processors) {

    public Machines {
      gpus = List.copyOf(gpus);
      servers = List.copyOf(servers);
    }
  }

  /// The accuracy of the captions that were timed.
  ///
  /// @param run the folder of the run that scored them
  /// @param images that were captioned in a window and have questions
  /// @param accuracy 0 to 1, with its 95 % interval clustered by image
  public record Accuracy(
      String run, int images, int questions, double accuracy, double low, double high) {}

  /// @throws RunFormatException when it is not a load report, or has an unknown format
  public static LoadReport read(Path file) {
    JsonNode node = RunJson.read(file, JsonNode.class);
    int format = node.path("format").asInt(-1);
    if (format < 1 || format > FORMAT) {
      throw new RunFormatException(
          file,
          "format %d is not known; this refract reads 1 to %d. Measure again with --out"
              .formatted(format, FORMAT));
    }
    if (node instanceof ObjectNode report && format >= SEALED_FORMAT) {
      JsonNode digest = report.remove(DIGEST);
      if (digest == null || !digest.asString("").equals(digest(report))) {
        throw new RunFormatException(
            file, "was changed after it was written: it does not match its own digest 'sha256'");
      }
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
    ObjectNode report = (ObjectNode) RunJson.MAPPER.readTree(RunJson.text(this));
    report.put(DIGEST, digest(report));
    new OutputFile("--out", file).write(RunJson.pretty(report));
  }

  /// @param report without its digest
  private static String digest(JsonNode report) {
    return Sha256.of(RunJson.text(report).getBytes(StandardCharsets.UTF_8));
  }

  /// Such as `caprl at http://gpu1:8000/v1`.
  public String subject() {
    return "%s at %s".formatted(captioner.displayName(), captioner.address());
  }
}
