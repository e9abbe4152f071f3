package dev.refract.harness.cli;

import dev.refract.harness.cli.option.BaselineOptions;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.compare.BaselineStore;
import dev.refract.reports.compare.BaselineStore.Baseline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Names runs as baselines for comparisons.
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Names runs as baselines for comparisons, and records a digest of their results.",
      "",
      "The file is safe to commit: it contains no secrets. A baseline whose run has changed since"
          + " is refused."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  refract baseline set main runs/step-400",
      "  refract gate --policy gate.yaml --baseline main --candidate runs/step-500",
      ""
    })
final class BaselineCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes a run, with its present results, the baseline of this name.")
  int set(
      @Parameters(paramLabel = "NAME", description = "Name of the baseline.") String name,
      @Parameters(paramLabel = "RUN", description = "Folder of a finished run.") Path run,
      @Mixin BaselineOptions options)
      throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new ManifestException(
          "baseline '%s': expected letters, digits, '.', '_' and '-'".formatted(name));
    }
    print(name, options.store().set(name, run), options.store());
    return ExitCode.OK.code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Shows the run behind each name, and whether its results have changed.")
  int show(
      @Parameters(
              arity = "0..1",
              paramLabel = "NAME",
              description = "Only this baseline (default: all).")
          @Nullable String name,
      @Mixin BaselineOptions options) {
    BaselineStore store = options.store();
    Map<String, Baseline> all = store.all();
    if (name != null && !all.containsKey(name)) {
      throw new ManifestException(
          "%s has no baseline '%s'; it has %s".formatted(store.file(), name, all.keySet()));
    } else if (all.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("No baselines; 'refract baseline set NAME RUN' creates one.");
    }
    all.forEach((known, baseline) -> {
      if (name == null || name.equals(known)) {
        print(known, baseline, store);
      }
    });
    return ExitCode.OK.code();
  }

  private void print(String name, Baseline baseline, BaselineStore store) {
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %s, %s, %.1f %%, made %s, digest %s, %s%n",
            name,
            baseline.run(),
            baseline.captioner(),
            100 * baseline.accuracy(),
            baseline.created(),
            baseline.digest().substring(0, Math.min(12, baseline.digest().length())),
            store.state(baseline));
  }
}
