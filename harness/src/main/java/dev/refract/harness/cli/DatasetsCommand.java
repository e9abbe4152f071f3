package dev.refract.harness.cli;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Datasets;
import dev.refract.manifest.BundledSuite;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What data there are.
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    description = "Lists the bundled datasets, or shows what a folder is recognised as.")
final class DatasetsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(mixinStandardHelpOptions = true, description = "Datasets known by id.")
  int list() {
    spec.commandLine()
        .getOut()
        .printf(
            "%s  60 drawn charts, documents and infographics, 240 questions, CC0%n",
            BundledSuite.MINI);
    return ExitCode.OK.code();
  }

  @Command(mixinStandardHelpOptions = true, description = "Layout and counts of a dataset.")
  int show(@Parameters(paramLabel = "ID|FOLDER") String name) {
    Dataset dataset = Datasets.open(name);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %s layout%n", dataset.id(), dataset.layout());
    out.printf("  images     %d%n  questions  %d%n", dataset.samples().size(), dataset.questions());
    Map<String, Integer> metrics = new TreeMap<>();
    dataset
        .samples()
        .forEach(s -> s.questions().forEach(q -> metrics.merge(q.metric(), 1, Integer::sum)));
    metrics.forEach((metric, count) -> out.printf("  %s: %d questions%n", metric, count));
    return ExitCode.OK.code();
  }
}
