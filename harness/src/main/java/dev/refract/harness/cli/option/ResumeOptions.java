package dev.refract.harness.cli.option;

import picocli.CommandLine.Option;

/// What a command may do with a run that it continues.
public final class ResumeOptions {

  @Option(
      names = "--allow-model-change",
      description =
          "Continue a run although its server now serves other weights under the same name; pages"
              + " and comparisons show it.")
  private boolean allowsModelChange;

  public boolean allowsModelChange() {
    return allowsModelChange;
  }
}
