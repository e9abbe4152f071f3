package dev.refract.harness.cli.option;

import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.plan.RunSettings;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import dev.refract.reports.file.ShellWords;
import dev.refract.reports.result.RunRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options for how questions are asked, shared by `run`, `answer` and `throughput`.
public final class TrialOptions {

  private static final int MAX_ASKS = 100;

  @Option(
      names = "--protocol",
      paramLabel = "ID|FILE.yaml",
      description =
          "Prompts, sampling, parser and metric: an id of 'refract protocols list', or your own"
              + " file (default: short-answer).")
  private @Nullable String protocol;

  @Option(
      names = "--rotations",
      paramLabel = "K",
      description =
          "Ask each choice question K times, rotating its options by one each time, and report how"
              + " many are right every time (default: 1).")
  private @Nullable Integer rotations;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "Ask every question N times and report the spread of accuracy (default: 1).")
  private @Nullable Integer repeats;

  @Option(
      names = "--caption-budget",
      split = ",",
      paramLabel = "N",
      description =
          "Also ask with captions cut to N pieces; 64,128,256,512 gives a curve. A piece is a word,"
              + " a digit or a run of punctuation, at least one token.")
  private @Nullable List<Integer> budgets;

  @Option(
      names = "--judge",
      paramLabel = "SPEC",
      description =
          "An LLM that decides whether free-form answers mean the same as the golds, written like"
              + " an answerer. Its score has a separate column (default: none).")
  private @Nullable String judge;

  /// @param judge the judge, or null
  public record Asked(Protocol protocol, RunRecord.TrialCounts asking, @Nullable ModelSpec judge) {

    /// @param arguments arguments of the command, as given
    public RunSettings settings(@Nullable TextAnswerer judging, List<String> arguments) {
      return new RunSettings(protocol, asking, judging, "refract " + ShellWords.joined(arguments));
    }
  }

  /// The given options; the values of the file where an option is not given.
  public Asked or(EvalConfig file) {
    String name = protocol != null ? protocol : file.protocol();
    List<Integer> cuts = budgets != null ? budgets : file.trials().captionBudget();
    List<Integer> sorted =
        cuts == null
            ? List.of()
            : cuts.stream()
                .map(cut -> within("--caption-budget", cut, 1_000_000))
                .distinct()
                .sorted()
                .toList();
    return new Asked(
        ProtocolCatalog.get(name == null ? ProtocolCatalog.DEFAULT : name),
        new RunRecord.TrialCounts(
            count("--rotations", rotations, file.trials().rotations()),
            count("--repeats", repeats, file.trials().repeats()),
            sorted),
        judge != null ? ModelSpecParser.parse("--judge", judge) : file.judge());
  }

  private static int count(String flag, @Nullable Integer given, @Nullable Integer configured) {
    return within(
        flag,
        Objects.requireNonNullElse(given, Objects.requireNonNullElse(configured, 1)),
        MAX_ASKS);
  }

  private static int within(String flag, int value, int most) {
    if (value < 1 || value > most) {
      throw new ManifestException("%s: expected 1 to %d, found %d".formatted(flag, most, value));
    }
    return value;
  }
}
