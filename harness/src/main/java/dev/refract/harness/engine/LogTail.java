package dev.refract.harness.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a process writes, so that it never waits for a reader, and keeps its first errors and
/// its last lines: the first error is the cause, what follows are its consequences.
final class LogTail {

  private static final int MAX_LINES = 4;
  private static final int MAX_ERRORS = 2;
  private static final int MAX_CHARS = 300;

  /// As llama.cpp marks an error, with or without time and level.
  private static final Pattern ERROR =
      Pattern.compile("^(?:[0-9.]+ E |.*\\b(?:error|failed to)\\b).*", Pattern.CASE_INSENSITIVE);

  private static final Pattern TIME_AND_LEVEL = Pattern.compile("^[0-9.]+ [A-Z] ");

  private final List<String> errors = new ArrayList<>();
  private final Deque<String> lines = new ArrayDeque<>();

  private @Nullable Thread reader;

  private LogTail() {}

  static LogTail of(InputStream stream) {
    LogTail tail = new LogTail();
    tail.reader = Thread.ofPlatform().daemon().name("llama.cpp").start(() -> tail.read(stream));
    return tail;
  }

  /// Waits for the end of the stream.
  ///
  /// @return whether it came in time
  boolean ended(Duration patience) throws InterruptedException {
    return Objects.requireNonNull(reader).join(patience);
  }

  private void read(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line.strip());
      }
    } catch (IOException _) {
      // the process is gone
    }
  }

  private synchronized void add(String line) {
    if (!line.isEmpty()) {
      String shown = line.length() > MAX_CHARS ? line.substring(0, MAX_CHARS) + "..." : line;
      if (errors.size() < MAX_ERRORS && ERROR.matcher(line).matches()) {
        errors.add(TIME_AND_LEVEL.matcher(shown).replaceFirst(""));
      }
      lines.add(shown);
      if (lines.size() > MAX_LINES) {
        lines.remove();
      }
    }
  }

  /// The first errors as one line; without any, the last lines.
  synchronized String text() {
    return !errors.isEmpty()
        ? String.join(" / ", errors)
        : lines.isEmpty() ? "it wrote nothing" : String.join(" / ", lines);
  }
}
