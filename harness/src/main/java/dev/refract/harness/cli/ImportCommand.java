package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.terminal.SigintHandler;
import dev.refract.harness.cli.text.ResultTable;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.os.Notices;
import dev.refract.harness.run.ImportRun;
import dev.refract.reports.file.ShellWords;
import dev.refract.reports.result.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes a run from outputs that were produced elsewhere.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a run from answers that were produced elsewhere, and scores them unless --scores is"
          + " given.",
      "",
      "All files are JSON Lines. When lines repeat an id, the first one is kept. A question without"
          + " an answer counts as failed."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  refract import --questions q.jsonl --answers a.jsonl --captions c.jsonl \\",
      "    --captioner deplot --answerer gpt-4 --out runs/deplot",
      ""
    })
final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--questions",
      required = true,
      paramLabel = "FILE",
      description =
          "Fields: question_id, image_id, question, gold (a list); optional: choices (gold is then"
              + " a letter or an option), kind (yes_no, number, ...), category, metric,"
              + " attributes.")
  private Path questions = Path.of("");

  @Option(
      names = "--answers",
      paramLabel = "FILE",
      description = {
        "Fields: question_id, answer (the raw reply; null for none).",
        "Without this file, 'refract answer' answers the questions from the captions."
      })
  private @Nullable Path answers;

  @Option(names = "--captions", paramLabel = "FILE", description = "Fields: image_id, caption.")
  private @Nullable Path captions;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description = "Fields: question_id, score (0 to 1), which replaces refract's own scoring.")
  private @Nullable Path scores;

  @Option(
      names = "--dataset",
      paramLabel = "ID",
      description = "The dataset's name in results (default: the folder of the questions).")
  private @Nullable String dataset;

  @Option(
      names = "--captioner",
      required = true,
      paramLabel = "NAME",
      description = "Name of the model that captioned the images.")
  private String captioner = "";

  @Option(
      names = "--answerer",
      paramLabel = "NAME",
      description = "Name of the model that answered; required with --answers.")
  private @Nullable String answerer;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The run's folder; its name is the run's name.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws Exception {
    if (answers == null && (captions == null || scores != null)) {
      throw new ParameterException(
          spec.commandLine(), "give --answers, or --captions alone to answer from them here");
    } else if (answers != null && answerer == null) {
      throw new ParameterException(
          spec.commandLine(), "--answers needs --answerer, the name of the model that answered");
    }
    String name = dataset == null ? ImportRun.datasetOf(questions) : dataset;
    ImportRun outputs = new ImportRun(name, questions, answers, captions, scores);
    outputs.notes().forEach(note -> spec.commandLine().getErr().println(note));
    RunContext context =
        new RunContext(
            SigintHandler.listen(System.err),
            false,
            false,
            new Notices(System.err, DataOptions.onTerminal()));
    RunFile run = outputs.write(out, captioner, answerer == null ? "none" : answerer, context);
    spec.commandLine().getOut().print(ResultTable.of(List.of(run)));
    if (answers == null) {
      spec.commandLine()
          .getOut()
          .printf(
              "Answer it: refract answer %s --answerer SPEC --out RUN%n", ShellWords.quoted(out));
    }
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}
