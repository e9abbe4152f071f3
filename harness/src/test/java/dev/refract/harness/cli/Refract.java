package dev.refract.harness.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;

/// The command line in this process.
final class Refract {

  private Refract() {}

  record Result(int exitCode, String out, String err) {}

  static Result run(Object... args) {
    return run(System.getenv(), args);
  }

  static Result run(Map<String, String> environment, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine(environment);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    String[] texts = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      texts[i] = args[i].toString();
    }
    int code = line.execute(texts);
    return new Result(code, out.toString(), err.toString());
  }
}
