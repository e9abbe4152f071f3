package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.HasEnvironment;
import dev.refract.harness.cli.terminal.SigintHandler;
import dev.refract.harness.cli.terminal.StandardStreams;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.fetch.FetchException;
import dev.refract.harness.journal.JournalException;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.harness.os.FileProblem;
import dev.refract.harness.os.NativeProcess;
import dev.refract.harness.os.ServerException;
import dev.refract.harness.run.Environments;
import dev.refract.harness.run.StoppedRunException;
import dev.refract.harness.text.Secrets;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.file.RunFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The command `refract`.
@Command(
    name = "refract",
    description = "Measures how much of an image a captioner puts into words.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nStart here:%n",
    footer = {
      "  refract demo                        evaluate, make a leaderboard; no server",
      "  refract run --dataset mini --captioner ocr",
      "  refract board runs --out site       pages that open from file://",
      ""
    },
    exitCodeListHeading = "Exit codes:%n")
public final class Main implements Runnable, HasEnvironment {

  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          RunCommand.class,
          AnswerCommand.class,
          ImportCommand.class,
          ScoreCommand.class,
          VerifyCommand.class,
          CompareCommand.class,
          GateCommand.class,
          PowerCommand.class,
          BaselineCommand.class,
          BoardCommand.class,
          DatasetsCommand.class,
          MetricsCommand.class,
          ModelsCommand.class,
          ProtocolsCommand.class,
          UpgradeCommand.class,
          ThroughputCommand.class,
          DoctorCommand.class);

  private final Map<String, String> environment;

  /// Of this process; null in tests.
  private @Nullable StandardStreams streams;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  static void main(String[] args) {
    AtomicBoolean finished = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(finished)));
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT); // results are the same everywhere
    int code;
    StandardStreams streams = StandardStreams.install(DataOptions.onTerminal() && isHelp(args));
    try {
      CommandLine line = commandLine(System.getenv(), args);
      if (line.getCommand() instanceof Main main) {
        main.streams = streams;
      }
      code = exitCode(line.execute(args), streams.problem());
    } catch (OutOfMemoryError _) {
      System.err.println(
          "refract: out of memory; all completed work is kept. Give Java more:"
              + " JAVA_TOOL_OPTIONS=-Xmx8g");
      code = ExitCode.INTERNAL.code();
    } catch (Error e) {
      System.err.println("refract: internal error, please report it: " + e);
      code = ExitCode.INTERNAL.code();
    }
    finished.set(true);
    System.exit(code); // libraries may have threads of their own
  }

  /// Whether help is printed, which contains no text of datasets or models.
  private static boolean isHelp(String[] args) {
    return args.length == 0 || List.of(args).contains("--help") || List.of(args).contains("-h");
  }

  /// A result that nobody got is no success. A reader that went away (`| head`) needs no message.
  ///
  /// @param problem of standard output, or null
  static int exitCode(int code, @Nullable String problem) {
    if (problem == null) {
      return code;
    }
    if (!problem.equals("Broken pipe")) {
      System.err.println("refract: standard output cannot be written: " + problem);
    }
    return code == ExitCode.OK.code() ? ExitCode.INTERNAL.code() : code;
  }

  /// Ends the process on Ctrl-C or TERM without cleaning up: other threads may be running native
  /// code, whose memory an orderly shutdown would free. All completed work is already on disk.
  private static void interrupted(AtomicBoolean finished) {
    if (!finished.get()) {
      System.err.println();
      System.err.println("Interrupted. Run the same command again to resume.");
      NativeProcess.exitNow(SigintHandler.EXIT_CODE);
    }
  }

  /// The whole command line, for `main` and for tests.
  ///
  /// @param environment environment variables with tokens, addresses and folders
  /// @param args the arguments; only the options of the command that they name are read, which
  ///   takes a tenth of the time of reading the options of all commands
  static CommandLine commandLine(Map<String, String> environment, String... args) {
    CommandLine line = new CommandLine(new Main(environment));
    for (Class<?> type : COMMANDS) {
      Command command = type.getAnnotation(Command.class);
      line.addSubcommand(
          command.name(),
          Arrays.asList(args).contains(command.name()) ? type : descriptionOnly(command));
    }
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(String.valueOf(code.code()), code.meaning());
    }
    line.getCommandSpec().usageMessage().exitCodeList(codes);
    line.setExecutionExceptionHandler((e, command, _) -> exitCodeFor(e, command.getErr()).code());
    line.setParameterExceptionHandler(Main::misused);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    return line;
  }

  /// A command without options, enough for the list of commands.
  private static CommandSpec descriptionOnly(Command command) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(command.description());
    return spec;
  }

  private Main(Map<String, String> environment) {
    this.environment = environment;
  }

  /// Prints lines that CI executes, such as annotations: the only ones that reach it as commands.
  void printCommands(PrintWriter out, List<String> lines) {
    if (streams == null) {
      lines.forEach(out::println);
    } else {
      streams.printCommands(out, lines);
    }
  }

  public Map<String, String> environment() {
    return environment;
  }

  /// The arguments of the whole command line, as given, without secrets: they are written to run
  /// folders and shown on pages.
  static List<String> arguments(CommandSpec spec) {
    return Secrets.masked(spec.root().commandLine().getParseResult().originalArgs());
  }

  /// Called when no command is given.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static int misused(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Secrets.masked(String.valueOf(e.getMessage())));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    if (args.length == 0) {
      err.println();
      command.usage(err, Ansi.AUTO);
    } else {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE.code();
  }

  private static ExitCode exitCodeFor(Exception problem, PrintWriter err) {
    return switch (problem) {
      case ManifestException e -> report(err, e, ExitCode.USAGE);
      case RunException e -> report(err, e, ExitCode.USAGE);
      case StoppedRunException e -> report(err, e, ExitCode.INCOMPLETE);
      case JournalException e -> report(err, e, ExitCode.INCOMPLETE);
      case ServerException e -> report(err, e, ExitCode.INCOMPLETE);
      case DatasetException e -> report(err, e, ExitCode.DATA);
      case FetchException e -> report(err, e, ExitCode.DATA);
      case ModelUnavailableException e -> report(err, e, ExitCode.DATA);
      case RunFormatException e -> report(err, e, ExitCode.DATA);
      case UncheckedIOException e -> report(err, Objects.requireNonNull(e.getCause()));
      case IOException e -> report(err, e);
      default -> {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace, true));
        err.println("refract: internal error, please report it");
        err.print(Secrets.masked(trace.toString()));
        err.flush();
        yield ExitCode.INTERNAL;
      }
    };
  }

  /// A message may repeat what the user or a server wrote, a key in the wrong place included.
  private static ExitCode report(PrintWriter err, Exception e, ExitCode code) {
    err.println("refract: " + Secrets.masked(String.valueOf(e.getMessage())));
    return code;
  }

  private static ExitCode report(PrintWriter err, IOException e) {
    FileProblem problem = FileProblem.of(e);
    err.println("refract: " + Secrets.masked(problem.message()));
    return switch (problem.kind()) {
      case PATH -> ExitCode.USAGE;
      case ROOM -> ExitCode.INCOMPLETE;
      case OTHER -> ExitCode.INTERNAL;
    };
  }

  /// The version of the jar.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"refract " + Environments.version()};
    }
  }
}
