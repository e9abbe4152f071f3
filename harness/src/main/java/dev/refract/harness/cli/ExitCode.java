package dev.refract.harness.cli;

/// The exit codes of all commands; `--help` lists them.
public enum ExitCode {
  OK(0, "success"),
  INTERNAL(1, "internal error, or output that cannot be written"),
  USAGE(2, "bad usage or configuration; gate: refused"),
  REGRESSION(3, "gate: regression"),
  INCONCLUSIVE(4, "gate: inconclusive"),
  INCOMPLETE(5, "run incomplete: some questions failed; the same command retries them"),
  DATA(6, "data missing, or its checksum does not match");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
