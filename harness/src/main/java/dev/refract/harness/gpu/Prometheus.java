package dev.refract.harness.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A value of Prometheus's text form; one that is no finite number is left out.
///
/// @param name without the `_total` of a counter, which not every server writes
record Prometheus(String name, Map<String, String> labels, double value) {

  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(?:\\{((?:[^\"\\n}]++|\"(?:[^\"\\\\\\n]++|\\\\.)*+\")*+)\\})? +([^ \\n]+)");

  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]++|\\\\.)*+)\"");

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
        // no value of ours
      }
    }
    return values;
  }

  @SuppressWarnings("NullAway") // a group that is optional is null
  private static Map<String, String> labels(String text) {
    if (text == null) {
      return Map.of();
    }
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }
}
