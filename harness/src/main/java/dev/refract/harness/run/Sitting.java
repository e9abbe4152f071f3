package dev.refract.harness.run;

import dev.refract.harness.os.Halt;
import java.io.PrintStream;

/// One go at a run, of which there may be several until it is finished.
///
/// @param halt at which everybody looks before something is sent
/// @param sequential whether all captions are made before the first question is asked
/// @param log for the progress line
/// @param terminal whether that line can be rewritten
public record Sitting(Halt halt, boolean sequential, PrintStream log, boolean terminal) {

  Progress progress(String name, int total) {
    return new Progress(log, terminal, name, total);
  }
}
