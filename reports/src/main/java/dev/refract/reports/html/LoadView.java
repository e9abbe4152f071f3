package dev.refract.reports.html;

import dev.refract.reports.html.RunView.Fact;
import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.load.LoadStep;
import dev.refract.reports.result.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What loads on servers gave: a section for each, with a row for each shape of load.
///
/// @param board whether there is a leaderboard to go back to
record LoadView(boolean board, List<Section> sections) {

  private static final int FEWEST = 3;

  /// @param plot latency over rate; empty of few steps
  public record Section(String title, List<Fact> facts, List<Row> rows, String plot) {}

  /// Means over the windows of a shape, as a reader sees them.
  public record Row(
      String shape,
      String rate,
      String output,
      String input,
      String image,
      String firstToken,
      String perToken,
      String latency,
      String slow,
      String goodput,
      String joules,
      String failed,
      boolean valid,
      String verdict) {}

  static LoadView of(List<LoadReport> reports, boolean board) {
    return new LoadView(board, reports.stream().map(LoadView::section).toList());
  }

  private static Section section(LoadReport report) {
    List<Plots.Spot> spots = new ArrayList<>();
    for (LoadStep step : report.steps()) {
      Double median = mean(step, window -> window.latency().p50());
      if (median != null) {
        spots.add(new Plots.Spot(step.requestsPerSecond(), median));
      }
    }
    return new Section(
        report.subject(),
        facts(report),
        report.steps().stream().map(LoadView::row).toList(),
        spots.size() < FEWEST
            ? ""
            : Plots.course(
                spots,
                "requests/s",
                "median latency, s",
                "Median latency over rate, as the load grows; the table has the figures"));
  }

  private static List<Fact> facts(LoadReport report) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Measured", report.created() + ", refract " + report.refract()));
    facts.add(new Fact("Command", report.command()));
    facts.add(new Fact("Servers", String.join("; ", report.servers())));
    facts.add(new Fact("Captioner", report.captioner().toString()));
    facts.add(
        new Fact(
            "GPUs of the client's machine",
            report.gpus().isEmpty()
                ? "none"
                : String.join("; ", report.gpus()) + ", driver " + report.driver()));
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
            "%s s before each window, not drained"
                .formatted(Figures.decimal(report.warmUpSeconds()))));
    if (report.knee() != null) {
      facts.add(new Fact("Knee", report.knee() + "; more brings no more"));
    }
    LoadReport.Accuracy scored = report.accuracy();
    if (scored != null) {
      facts.add(
          new Fact(
              "Accuracy of the captions that were timed",
              "%s %% [%s, %s], %d questions on %d images"
                  .formatted(
                      Figures.percent(scored.accuracy()),
                      Figures.percent(scored.low()),
                      Figures.percent(scored.high()),
                      scored.questions(),
                      scored.images())));
    }
    return facts;
  }

  private static Row row(LoadStep step) {
    Hardware hardware = step.hardware();
    int failed = step.windows().stream().mapToInt(LoadFigures::failed).sum();
    int all = failed + step.windows().stream().mapToInt(LoadFigures::requests).sum();
    return new Row(
        step.shape(),
        Figures.decimal(step.requestsPerSecond())
            + (step.windows().size() > 1 ? " ± " + Figures.decimal(step.spread()) : ""),
        number(mean(step, LoadFigures::outputTokensPerSecond), 1),
        number(mean(step, LoadFigures::inputTokensPerSecond), 1),
        number(mean(step, LoadFigures::imageTokensPerSecond), 1),
        number(mean(step, window -> window.firstToken().p50()), 1),
        number(mean(step, window -> window.perToken().mean()), 1000),
        number(mean(step, window -> window.latency().p50()), 1),
        number(mean(step, window -> window.latency().p99()), 1),
        number(mean(step, LoadFigures::goodput), 1),
        number(hardware == null ? null : hardware.joulesPerCaption(), 1),
        "%d of %d".formatted(failed, all),
        step.isValid(),
        step.verdict());
  }

  /// Null where a window does not tell.
  private static @Nullable Double mean(
      LoadStep step, Function<LoadFigures, @Nullable Double> figure) {
    List<Double> values = step.windows().stream().map(figure).filter(Objects::nonNull).toList();
    return values.isEmpty() || values.size() < step.windows().size()
        ? null
        : Double.valueOf(values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }

  private static String number(@Nullable Double value, double scale) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.4g", value * scale);
  }
}
