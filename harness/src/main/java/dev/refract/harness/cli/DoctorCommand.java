package dev.refract.harness.cli;

import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.doctor.Diagnostic;
import dev.refract.harness.doctor.DoctorChecks;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.os.TerminalControl;
import dev.refract.harness.os.UserFolders;
import dev.refract.reports.file.RunJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks this machine and the configured servers before a run.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks this machine and the servers of a configuration, and prints how to fix each problem.",
      "Requests the model list of each server and sends it one small request, as a run would."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refract doctor",
      "  refract doctor eval.yaml --json",
      "  refract doctor --captioner openai:base_url=http://gpu1:8000/v1,model=caprl",
      ""
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG.yaml",
      description = "Configuration whose captioners and answerers are checked.")
  private @Nullable Path config;

  @Option(
      names = "--captioner",
      paramLabel = "SPEC",
      description = "Another captioner to check. Repeatable.")
  private List<String> captioners = List.of();

  @Option(
      names = "--answerer",
      paramLabel = "SPEC",
      description = "Another answerer to check. Repeatable.")
  private List<String> answerers = List.of();

  @Option(names = "--json", description = "Print JSON, for scripts.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    EvalConfig file = config == null ? EvalConfig.EMPTY : EvalConfig.read(config);
    List<ModelSpec> seeing =
        new ArrayList<>(file.captioners() == null ? List.of() : file.captioners());
    captioners.forEach(text -> seeing.add(ModelSpecParser.parse("--captioner", text)));
    List<ModelSpec> reading = new ArrayList<>(file.answering());
    answerers.forEach(text -> reading.add(ModelSpecParser.parse("--answerer", text)));
    ModelFactory factory =
        new ModelFactory(
            new TrialOptions().or(file).protocol(),
            ModelStore.ofUser(System.err),
            System.getenv(),
            new CancellationToken(),
            Notices.none());
    List<Diagnostic> findings = new ArrayList<>();
    try (GpuSource gpus = GpuSource.find()) {
      findings.addAll(
          DoctorChecks.machine(
              gpus, UserFolders.cache(System.getenv()), ModelStore.ofUser(System.err)));
    }
    for (ModelSpec model : seeing) {
      if (model.openai() != null) {
        findings.addAll(DoctorChecks.server(ModelFactory.id(model), factory.measured(model), true));
      }
    }
    for (ModelSpec model : reading) {
      if (model.openai() != null) {
        findings.addAll(
            DoctorChecks.server(ModelFactory.id(model), factory.measured(model), false));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(RunJson.pretty(findings));
    } else {
      findings.forEach(finding -> print(out, finding));
    }
    boolean broken = findings.stream().anyMatch(f -> f.state() == Diagnostic.State.BROKEN);
    return (broken ? ExitCode.USAGE : ExitCode.OK).code();
  }

  private static void print(PrintWriter out, Diagnostic finding) {
    String mark =
        switch (finding.state()) {
          case FINE -> "@|green ok|@    ";
          case NOTE -> "@|yellow note|@  ";
          case BROKEN -> "@|red WRONG|@ ";
        };
    out.printf(
        "%s%-22s %s%n",
        TerminalControl.trusted(Ansi.AUTO.string(mark)), finding.what(), finding.found());
    if (!finding.advice().isEmpty()) {
      out.printf("      %-22s -> %s%n", "", finding.advice());
    }
  }
}
