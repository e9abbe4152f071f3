package dev.refract.reports.html;

import dev.refract.reports.render.Plots;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Hardware telemetry of the caption stage: plots over time, each with its table.
record TelemetryView(List<Course> courses) {

  private static final int MAX_PARTS = 60;
  private static final int MIN_POINTS = 3;

  /// @param rows end of each part of the time, in minutes, and the mean value in it
  public record Course(String title, String plot, List<Row> rows) {}

  public record Row(double minute, double value) {}

  /// One reading of a quantity.
  private record Value(long millis, double value) {}

  static TelemetryView of(RunFile run, Publication publication) {
    Map<String, List<Value>> byTitle = new LinkedHashMap<>();
    run.telemetry(record -> {
      String who = publication.text(record.source());
      add(byTitle, "Power of " + who + ", W", record, record.gpu().watts());
      add(byTitle, "Utilization of " + who + ", %", record, percent(record.gpu().utilization()));
      add(byTitle, "SM clock of " + who + ", MHz", record, number(record.gpu().smClockMhz()));
      add(byTitle, "Requests running at " + who, record, record.server().running());
      add(byTitle, "Requests waiting at " + who, record, record.server().waiting());
      add(
          byTitle,
          "KV cache in use at " + who + ", %",
          record,
          percent(record.server().cacheUsage()));
      add(byTitle, "Processors used by the client, %", record, percent(record.cpu()));
    });
    List<Course> courses = new ArrayList<>();
    byTitle.forEach((title, values) -> {
      if (values.size() >= MIN_POINTS) {
        courses.add(course(title, values));
      }
    });
    return new TelemetryView(courses);
  }

  private static void add(
      Map<String, List<Value>> byTitle,
      String title,
      TelemetryRecord record,
      @Nullable Double value) {
    if (value != null) {
      byTitle.computeIfAbsent(title, _ -> new ArrayList<>()).add(new Value(record.millis(), value));
    }
  }

  private static @Nullable Double percent(@Nullable Double share) {
    return share == null ? null : Double.valueOf(100 * share);
  }

  private static @Nullable Double number(@Nullable Integer value) {
    return value == null ? null : Double.valueOf(value);
  }

  private static Course course(String title, List<Value> values) {
    long start = values.stream().mapToLong(Value::millis).min().orElse(0);
    long end = values.stream().max(Comparator.comparingLong(Value::millis)).orElseThrow().millis();
    long length = Math.max(1, (end - start) / MAX_PARTS + 1);
    TreeMap<Long, double[]> parts = new TreeMap<>();
    for (Value value : values) {
      double[] sum = parts.computeIfAbsent((value.millis - start) / length, _ -> new double[2]);
      sum[0] += value.value;
      sum[1]++;
    }
    List<Plots.Spot> spots = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    parts.forEach((part, sum) -> {
      double minute = (part + 1) * length / 60_000.0;
      spots.add(new Plots.Spot(minute, sum[0] / sum[1]));
      rows.add(new Row(minute, sum[0] / sum[1]));
    });
    return new Course(
        title, Plots.course(spots, "minutes", "", title + "; the table has the figures"), rows);
  }
}
