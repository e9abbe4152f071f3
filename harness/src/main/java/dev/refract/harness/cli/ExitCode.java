package dev.refract.harness.cli;

/// How a command ends; the set is closed and shown in `--help`.
public enum ExitCode {
  OK(0, "success"),
  INTERNAL(1, "internal error"),
  USAGE(2, "bad usage or configuration; gate: refused"),
  REGRESSION(3, "gate: regression"),
  INCONCLUSIVE(4, "gate: inconclusive"),
  INCOMPLETE(5, "run incomplete: some questions failed; the same command tries them again"),
  DATA(6, "data missing, or not what its checksum says");

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
