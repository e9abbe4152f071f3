package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.html.RunView.Fact;
import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.load.LoadStep;
import dev.refract.reports.render.Plots;
import dev.refract.reports.telemetry.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Results of loads on servers: a section for each server, with a row for each shape of load.
///
/// @param board whether there is a leaderboard to go back to
record LoadView(boolean board, List<Section> sections) {

  private static final int MIN_POINTS = 3;

  /// @param plot latency over rate; empty with few steps
  public record Section(String title, List<Fact> facts, List<Row> rows, String plot) {}

  /// Means over the windows of a shape.
  ///
  /// @param goodput requests per second that met every limit
  /// @param joules per caption
  /// @param failed requests without a reply
  /// @param requests in all
  public record Row(
      String shape,
      Rate rate,
      Tokens tokens,
      Times times,
      @Nullable Double goodput,
      @Nullable Double joules,
      int failed,
      int requests,
      boolean valid,
      String verdict) {}

  /// Requests per second.
  ///
  /// @param spread over the windows; null with one
  public record Rate(double mean, @Nullable Double spread) {}

  /// Tokens per second.
  public record Tokens(@Nullable Double output, @Nullable Double input, @Nullable Double image) {}

  /// @param firstToken TTFT in seconds
  /// @param perToken TPOT in milliseconds
  /// @param latency median in seconds
  /// @param p99 of the latency in seconds
  public record Times(
      @Nullable Double firstToken,
      @Nullable Double perToken,
      @Nullable Double latency,
      @Nullable Double p99) {}

  static LoadView of(List<LoadReport> reports, boolean board) {
    return new LoadView(board, reports.stream().map(LoadView::section).toList());
  }

  private static Section section(LoadReport report) {
    List<Plots.Spot> spots = new ArrayList<>();
    for (LoadStep step : report.steps()) {
      Double median = mean(step, window -> window.latencies().latency().p50());
      if (median != null) {
        spots.add(new Plots.Spot(step.requestsPerSecond(), median));
      }
    }
    return new Section(
        report.subject(),
        facts(report),
        report.steps().stream().map(LoadView::row).toList(),
        spots.size() < MIN_POINTS
            ? ""
            : Plots.course(
                spots,
                "requests/s",
                "median latency, s",
                "Median latency over rate, as the load grows; the table has the figures"));
  }

  private static List<Fact> facts(LoadReport report) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("Measured", report.origin().created() + ", refract " + report.origin().refract()));
    facts.add(new Fact("Command", report.origin().command()));
    facts.add(new Fact("Servers", String.join("; ", report.machines().servers())));
    facts.add(new Fact("Captioner", report.captioner().toString()));
    facts.add(
        new Fact(
            "GPUs of the client's machine",
            report.machines().gpus().isEmpty()
                ? "none"
                : String.join("; ", report.machines().gpus())
                    + ", driver "
                    + report.machines().driver()));
    facts.add(new Fact("Images", report.images()));
    facts.add(new Fact("Prompt", report.prompt()));
    facts.add(
        new Fact(
            "Tokens",
            "counted by "
                + report.tokensCountedBy()
                + (report.textTokens() == null
                    ? ""
                    : "; a request without its image has " + report.textTokens())));
    facts.add(
        new Fact(
            "Warm-up",
            "%s s before each window; requests in flight then are not drained"
                .formatted(FORMAT.decimal(report.warmUpSeconds()))));
    if (report.knee() != null) {
      facts.add(new Fact("Knee", report.knee() + "; more load does not raise the throughput"));
    }
    LoadReport.Accuracy scored = report.accuracy();
    if (scored != null) {
      facts.add(
          new Fact(
              "Accuracy of the captions that were timed",
              "%s %% [%s, %s], %d questions on %d images"
                  .formatted(
                      FORMAT.percent(scored.accuracy()),
                      FORMAT.percent(scored.low()),
                      FORMAT.percent(scored.high()),
                      scored.questions(),
                      scored.images())));
    }
    return facts;
  }

  private static Row row(LoadStep step) {
    Hardware hardware = step.hardware();
    int failed = step.windows().stream().mapToInt(LoadFigures::failed).sum();
    int all = failed + step.windows().stream().mapToInt(LoadFigures::requests).sum();
    Double perToken = mean(step, window -> window.latencies().perToken().mean());
    return new Row(
        step.shape(),
        new Rate(step.requestsPerSecond(), step.windows().size() > 1 ? step.spread() : null),
        new Tokens(
            mean(step, window -> window.rates().outputTokensPerSecond()),
            mean(step, window -> window.rates().inputTokensPerSecond()),
            mean(step, window -> window.rates().imageTokensPerSecond())),
        new Times(
            mean(step, window -> window.latencies().firstToken().p50()),
            perToken == null ? null : Double.valueOf(1000 * perToken),
            mean(step, window -> window.latencies().latency().p50()),
            mean(step, window -> window.latencies().latency().p99())),
        mean(step, window -> window.rates().goodput()),
        hardware == null ? null : hardware.joulesPerCaption(),
        failed,
        all,
        step.isValid(),
        step.verdict());
  }

  /// The mean over the windows; null where a window lacks the figure.
  private static @Nullable Double mean(
      LoadStep step, Function<LoadFigures, @Nullable Double> figure) {
    List<Double> values = step.windows().stream().map(figure).filter(Objects::nonNull).toList();
    return values.isEmpty() || values.size() < step.windows().size()
        ? null
        : Double.valueOf(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }
}
