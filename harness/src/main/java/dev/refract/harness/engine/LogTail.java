package dev.refract.harness.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Reads what a process writes, so that it never waits for a reader, and keeps the last lines.
final class LogTail {

  private static final int MAX_LINES = 4;
  private static final int MAX_CHARS = 300;

  private final Deque<String> lines = new ArrayDeque<>();

  private LogTail() {}

  static LogTail of(InputStream stream) {
    LogTail tail = new LogTail();
    Thread.ofPlatform().daemon().name("llama.cpp").start(() -> tail.read(stream));
    return tail;
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
      lines.add(line.length() > MAX_CHARS ? line.substring(0, MAX_CHARS) + "..." : line);
      if (lines.size() > MAX_LINES) {
        lines.remove();
      }
    }
  }

  /// The last lines as one.
  synchronized String text() {
    return lines.isEmpty() ? "(none)" : String.join(" / ", lines);
  }
}
