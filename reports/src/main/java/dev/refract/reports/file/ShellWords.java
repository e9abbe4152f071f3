package dev.refract.reports.file;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words of commands that a reader may copy into a POSIX shell.
public final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private ShellWords() {}

  /// The word, in quotation marks where a shell would change it.
  public static String quoted(Object word) {
    String text = word.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /// The words, separated by blanks.
  public static String joined(Collection<?> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }
}
