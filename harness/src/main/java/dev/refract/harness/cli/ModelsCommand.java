package dev.refract.harness.cli;

import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.model.CheckpointDigest;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.UserFolders;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Manages the weights of embedded answerers and of the OCR captioner, and computes digests of
/// checkpoints.
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description =
        "Lists and fetches weights of embedded answerers and of ocr; computes checkpoint digests.")
final class ModelsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists the models, and whether they are on this machine.")
  int list() {
    ModelStore store = ModelStore.ofUser(System.err);
    PrintWriter out = spec.commandLine().getOut();
    for (ModelManifest model : fetchable()) {
      out.printf(
          "%-28s %4.0f MB  %-20s %-11s %s%s%n",
          model.id(),
          model.size() / 1e6,
          model.licence(),
          store.has(model) ? "here" : "not fetched",
          model.title(),
          model.id().equals(ModelCatalog.DEFAULT) ? "  (default)" : "");
    }
    out.printf("Cache: %s%n", store.folder());
    return ExitCode.OK.code();
  }

  /// Answerers first.
  private static List<ModelManifest> fetchable() {
    return Stream.concat(ModelCatalog.all().stream(), ModelCatalog.ocr().stream()).toList();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Fetches a model and verifies its checksum; an interrupted download resumes.")
  int fetch(
      @Parameters(
              paramLabel = "ID",
              arity = "0..1",
              defaultValue = ModelCatalog.DEFAULT,
              description = "Default: ${DEFAULT-VALUE}.")
          String id)
      throws InterruptedException {
    ModelStore store = ModelStore.ofUser(System.err);
    ModelManifest model =
        fetchable().stream()
            .filter(known -> known.id().equals(id))
            .findFirst()
            .orElseGet(() -> ModelFactory.model(id));
    spec.commandLine().getOut().println(store.fetch(model));
    return ExitCode.OK.code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Prints one digest of a checkpoint: of its weights and the files beside them, such as the"
            + " tokenizer.",
        "Give it as 'checkpoint' of a captioner, and later runs reuse its captions. A model name is"
            + " not enough for that, since a checkpoint can be overwritten under the same name."
            + " Unchanged files are not read again."
      })
  int digest(
      @Parameters(
              paramLabel = "FILE|FOLDER",
              description = "A .gguf or .safetensors file, or the folder of a checkpoint.")
          Path checkpoint)
      throws IOException {
    Path cache = UserFolders.cache(System.getenv()).resolve("digests");
    PrintWriter err = spec.commandLine().getErr();
    spec.commandLine()
        .getOut()
        .println(new CheckpointDigest(cache).of(checkpoint, line -> err.println(line)));
    return ExitCode.OK.code();
  }
}
