package dev.refract.harness.cli;

import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists, prints and checks protocols.
@Command(
    name = "protocols",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Lists protocols: the prompts for captioners and answerers, and how replies are scored.",
      "",
      "To make your own, write a YAML file like those that 'show' prints, and use it with 'refract"
          + " run --protocol FILE.yaml'."
    })
final class ProtocolsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(mixinStandardHelpOptions = true, description = "Lists the bundled protocols.")
  int list() {
    PrintWriter out = spec.commandLine().getOut();
    for (String id : ProtocolCatalog.ids()) {
      Protocol protocol = ProtocolCatalog.get(id);
      out.printf(
          "%-17s version %d, %d caption%s, %s: %s%n",
          id,
          protocol.version(),
          protocol.caption().samples(),
          protocol.caption().samples() == 1 ? "" : "s",
          protocol.score().mode(),
          protocol.title());
    }
    return ExitCode.OK.code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Prints a bundled protocol, or checks a file of your own.")
  int show(@Parameters(paramLabel = "ID|FILE.yaml") String name) {
    Protocol protocol = ProtocolCatalog.get(name);
    spec.commandLine()
        .getOut()
        .print(
            ProtocolCatalog.ids().contains(name)
                ? ProtocolCatalog.text(name)
                : "%s: protocol '%s', version %d, is valid%n"
                    .formatted(name, protocol.id(), protocol.version()));
    spec.commandLine().getOut().flush();
    return ExitCode.OK.code();
  }
}
