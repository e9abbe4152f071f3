package dev.refract.harness.engine;

import dev.refract.harness.model.ModelStore;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds llama.cpp: the program that the user names, else `llama-server` on the PATH, else the
/// library of the Python package xllamacpp, which is fetched once, verified at each start, and
/// loaded by a script of ours; no other code of the package runs.
///
/// @param environment environment variables
/// @param store where the library is kept
public record LlamaCppFinder(Map<String, String> environment, ModelStore store) {

  /// Names a `llama-server`.
  public static final String VARIABLE = "REFRACT_LLAMA_SERVER";

  private static final int MAX_OUTPUT_BYTES = 1 << 16;
  private static final long VERSION_TIMEOUT_SECONDS = 30;
  private static final int MIN_PYTHON_MINOR = 10;
  private static final Pattern VERSION = Pattern.compile("(?m)^version: (\\S+(?: \\(.+\\))?)");
  private static final Pattern PYTHON = Pattern.compile("3\\.(\\d+)");
  private static final String SCRIPT = script();

  /// What was found, without fetching anything.
  ///
  /// @param missing what has to be fetched first, or empty
  public record Found(String words, Optional<ModelManifest> missing) {}

  private static String script() {
    try (InputStream script = LlamaCppFinder.class.getResourceAsStream("serve.py")) {
      if (script == null) {
        throw new IllegalStateException("serve.py is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("serve.py cannot be read", e);
    }
  }

  /// @throws ModelUnavailableException when there is none, and how to get one
  public LlamaCpp find() throws InterruptedException {
    Optional<Path> program = program();
    if (program.isPresent()) {
      return new LlamaCpp(version(program.get()), List.of(program.get().toString()));
    }
    ModelManifest library = library();
    Path python = python();
    Path file = store.fetch(library);
    return new LlamaCpp(
        library.title(),
        List.of(python.toString(), "-I", "-u", "-c", SCRIPT, file.toAbsolutePath().toString()));
  }

  /// @throws ModelUnavailableException when there is none, and how to get one
  public Found look() throws InterruptedException {
    Optional<Path> program = program();
    if (program.isPresent()) {
      return new Found(
          "llama.cpp %s, %s".formatted(version(program.get()), program.get()), Optional.empty());
    }
    ModelManifest library = library();
    return new Found(
        "%s, by %s".formatted(library.title(), python()),
        store.has(library) ? Optional.empty() : Optional.of(library));
  }

  /// The user's own llama-server.
  private Optional<Path> program() {
    String own = environment.get(VARIABLE);
    if (own == null || own.isBlank()) {
      return onPath("llama-server");
    }
    Path program = Path.of(own.strip()).toAbsolutePath();
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new ModelUnavailableException(
          "%s=%s: expected the program llama-server of llama.cpp".formatted(VARIABLE, own));
    }
    return Optional.of(program);
  }

  private Optional<Path> onPath(String name) {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder).resolve(name).toAbsolutePath())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static String version(Path program) throws InterruptedException {
    String said = output(program + " --version", program.toString(), "--version");
    Matcher version = VERSION.matcher(said);
    if (!version.find()) {
      throw new ModelUnavailableException(
          "%s --version: expected a line 'version: ...', found: %s"
              .formatted(
                  program, said.strip().lines().reduce((_, last) -> last).orElse("nothing")));
    }
    return "llama.cpp " + version.group(1);
  }

  private Path python() throws InterruptedException {
    Optional<Path> python = onPath("python3");
    String version =
        python.isEmpty()
            ? "no python3"
            : output(
                    "python3",
                    python.get().toString(),
                    "-I",
                    "-c",
                    "import sys; print('%d.%d' % sys.version_info[:2])")
                .strip();
    Matcher minor = PYTHON.matcher(version);
    if (!minor.matches() || Integer.parseInt(minor.group(1)) < MIN_PYTHON_MINOR) {
      throw missing(
          "found no llama-server on the PATH, and "
              + (python.isEmpty() ? version : "Python " + version));
    }
    return python.orElseThrow();
  }

  private static ModelManifest library() {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    return ModelCatalog.engine(platform)
        .orElseThrow(() -> missing("nothing can be fetched for " + platform));
  }

  /// The name of a platform in manifests, such as `linux-x64`.
  static String platform(String system, String processor) {
    String os = system.toLowerCase(Locale.ROOT);
    String cpu =
        switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64", "arm64" -> "arm64";
          default -> processor;
        };
    return (os.startsWith("mac")
            ? "macos"
            : os.startsWith("linux") ? "linux" : os.replace(' ', '-'))
        + "-"
        + cpu;
  }

  private static ModelUnavailableException missing(String why) {
    return new ModelUnavailableException(
        "a model on this machine needs llama.cpp: "
            + why
            + "; install it (brew install llama.cpp, or a release of"
            + " https://github.com/ggml-org/llama.cpp/releases) so that llama-server is on the PATH"
            + " or in "
            + VARIABLE
            + ", or install Python 3.10 with pip; or use a server: --answerer"
            + " openai:base_url=...,model=...");
  }

  private static String output(String name, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      try (InputStream out = process.getInputStream()) {
        Thread.ofVirtual().start(() -> endAfterTimeout(process));
        String said = new String(out.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said : "";
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new ModelUnavailableException(name + " cannot be run: " + e.getMessage());
    }
  }

  private static void endAfterTimeout(Process process) {
    try {
      if (!process.waitFor(VERSION_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
