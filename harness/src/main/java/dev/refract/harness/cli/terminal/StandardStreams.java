package dev.refract.harness.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Standard output and error of this process: text goes through {@link SafeText}, and a write error
/// of standard output is remembered, because print streams ignore it.
public final class StandardStreams {

  private final Remembering written;
  private final SafeText out;

  private StandardStreams(Remembering written, SafeText out) {
    this.written = written;
    this.out = out;
  }

  /// Replaces the streams of this process.
  ///
  /// @param colours whether help is printed on a terminal
  public static StandardStreams install(boolean colours) {
    Remembering written =
        new Remembering(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    SafeText out = new SafeText(written, colours);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    SafeText err =
        new SafeText(new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)), colours);
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    return new StandardStreams(written, out);
  }

  /// Prints lines that refract composed for a CI system, with its commands in effect.
  public void printCommands(PrintWriter to, Iterable<String> lines) {
    to.flush();
    out.trust(true);
    lines.forEach(to::println);
    to.flush();
    out.trust(false);
  }

  /// What went wrong with standard output, after everything was written; null for nothing.
  public @Nullable String problem() {
    System.out.flush();
    return written.problem;
  }

  /// A stream that remembers its first error.
  private static final class Remembering extends FilterOutputStream {

    private volatile @Nullable String problem;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) {
      attempt(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      attempt(() -> out.write(bytes, from, length));
    }

    @Override
    public void flush() {
      attempt(out::flush);
    }

    private interface Action {
      void run() throws IOException;
    }

    private void attempt(Action action) {
      if (problem == null) {
        try {
          action.run();
        } catch (IOException e) {
          problem = String.valueOf(e.getMessage());
        }
      }
    }
  }
}
