package dev.refract.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// One row of the table of benchmarks: refract's figure compared with a peer's or with a limit from
/// the same run.
///
/// @param ratio refract's figure relative to the other; above 1 is better unless the target states
///   otherwise
/// @param target in words; empty where there is none
public record Row(
    String what,
    double ours,
    double theirs,
    String unit,
    String beside,
    double ratio,
    String target) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// A figure without a comparison.
  public static Row alone(String what, double ours, String unit, String target) {
    return new Row(what, ours, Double.NaN, unit, "", Double.NaN, target);
  }

  /// Prints the row as text on stderr, and as JSON for `benchmarks/run` on stdout.
  public void print() {
    System.err.printf(
        Locale.ROOT,
        "%s: %.4g %s%s%n",
        what,
        ours,
        unit,
        beside.isEmpty() ? "" : ", %s %.4g, ratio %.2f".formatted(beside, theirs, ratio));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("what", what);
    line.put("ours", ours);
    line.put("unit", unit);
    line.put("beside", beside);
    line.put("theirs", Double.isNaN(theirs) ? null : theirs);
    line.put("ratio", Double.isNaN(ratio) ? null : ratio);
    line.put("target", target);
    System.out.println(JSON.writeValueAsString(line));
  }
}
