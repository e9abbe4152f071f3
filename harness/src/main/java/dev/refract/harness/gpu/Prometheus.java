package dev.refract.harness.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value in Prometheus's text format; values that are not finite numbers are left out.
///
/// @param name without the suffix `_total` of counters, which some servers omit
record Prometheus(String name, Map<String, String> labels, double value) {

  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[^\"\\n}]++|\"(?:[^\"\\\\\\n]++|\\\\.)*+\")*+)\\})?["
              + " \\t]+([^ \\t\\n]+)");

  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]++|\\\\.)*+)\"");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

  static List<Prometheus> parse(String text) {
    List<Prometheus> values = new ArrayList<>();
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      try {
        double value = Double.parseDouble(line.group(3));
        if (Double.isFinite(value)) {
          values.add(
              new Prometheus(
                  line.group(1).replaceFirst("_total$", ""), labels(line.group(2)), value));
        }
      } catch (NumberFormatException _) {
        // not a number
      }
    }
    return values;
  }

  @SuppressWarnings("NullAway") // an optional group may be null
  private static Map<String, String> labels(String text) {
    if (text == null) {
      return Map.of();
    }
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), unescaped(label.group(2)));
    }
    return labels;
  }

  private static String unescaped(String value) {
    return ESCAPE
        .matcher(value)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(1).equals("n") ? "\n" : m.group(1)));
  }
}
