package dev.refract.harness.os;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command tells its user while it works: each notice once, and a status that the progress
/// line repeats.
public final class Notices {

  private final PrintStream out;
  private final boolean terminal;
  private final Set<String> said = new HashSet<>();
  private String status = "";
  private @Nullable Runnable listener;

  /// @param terminal whether a progress line may stand at the cursor
  public Notices(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Notices that are printed nowhere, for clients outside a command.
  public static Notices none() {
    return new Notices(new PrintStream(OutputStream.nullOutputStream()), false);
  }

  public synchronized void say(String line) {
    out.println((terminal ? TerminalControl.CLEAR_LINE : "") + line);
    out.flush();
  }

  public boolean isTerminal() {
    return terminal;
  }

  /// A progress line; on a terminal the next one replaces it.
  public synchronized void progress(String line) {
    if (terminal) {
      out.print(TerminalControl.CLEAR_LINE + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /// Says something that is true of a whole run once.
  ///
  /// @param topic what it is about, of which one notice is enough
  public synchronized void sayOnce(String topic, String line) {
    if (said.add(topic)) {
      say(line);
    }
  }

  /// What the command waits for; empty for nothing.
  public void status(String words) {
    Runnable listening;
    synchronized (this) {
      if (status.equals(words)) {
        return;
      }
      status = words;
      listening = listener;
    }
    if (listening != null) {
      listening.run();
    }
  }

  public synchronized String status() {
    return status;
  }

  /// @param changed called after each change of the status; null for nothing
  public synchronized void onStatus(@Nullable Runnable changed) {
    listener = changed;
  }
}
