package dev.refract.harness.cli.text;

import static dev.refract.reports.render.NumberFormats.PLAIN;

import dev.refract.reports.load.LoadFigures;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.load.LoadStep;
import dev.refract.reports.telemetry.Hardware;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Formats the results of a load test as text.
public final class LoadText {

  private LoadText() {}

  public static String of(LoadStep step) {
    StringBuilder text = new StringBuilder(step.shape()).append('\n');
    Hardware hardware = step.hardware();
    for (LoadFigures w : step.windows()) {
      line(
          text,
          "  %.2f requests/s (%d in %.0f s, %d failed, %d truncated), tokens/s: %s output, %s"
              + " input (%s for images)",
          w.rates().requestsPerSecond(),
          w.requests(),
          w.seconds(),
          w.failed(),
          w.truncated(),
          number(w.rates().outputTokensPerSecond(), 1),
          number(w.rates().inputTokensPerSecond(), 1),
          number(w.rates().imageTokensPerSecond(), 1));
      if (w.rates().goodput() != null) {
        line(text, "  goodput %.2f requests/s", w.rates().goodput());
      }
      spread(text, "latency", w.latencies().latency(), 1, "s");
      spread(text, "TTFT", w.latencies().firstToken(), 1, "s");
      spread(text, "TPOT", w.latencies().perToken(), 1000, "ms");
      spread(text, "client lag", w.latencies().lag(), 1000, "ms");
      w.problems().forEach((problem, times) -> line(text, "  %d x %s", times, problem));
    }
    if (hardware != null && hardware.gpus() > 0) {
      line(
          text,
          "  %d GPUs, %s W, %s J/caption",
          hardware.gpus(),
          number(hardware.watts(), 1),
          number(hardware.joulesPerCaption(), 1));
    }
    if (hardware != null && hardware.serverOutputTokens() != null) {
      line(
          text,
          "  counted by the server: %s input tokens, %s output tokens",
          number(hardware.serverInputTokens(), 1),
          number(hardware.serverOutputTokens(), 1));
    }
    return text.append("  ").append(step.verdict()).append('\n').toString();
  }

  /// The last lines, printed after all steps.
  public static String ending(LoadReport report, boolean isSweep) {
    StringBuilder text = new StringBuilder();
    if (isSweep) {
      text.append(
          report.knee() == null
              ? "No knee: throughput still grew at the last step.\n"
              : "Knee: %s; more load does not raise throughput.%n".formatted(report.knee()));
    }
    line(text, "Tokens counted by %s", report.tokensCountedBy());
    LoadReport.Accuracy scored = report.accuracy();
    if (scored != null) {
      line(
          text,
          "Accuracy of the captions that were timed: %.1f %% [%.1f, %.1f], %d questions on %d"
              + " images, %s",
          100 * scored.accuracy(),
          100 * scored.low(),
          100 * scored.high(),
          scored.questions(),
          scored.images(),
          scored.run());
    }
    return text.toString();
  }

  private static void spread(
      StringBuilder text, String name, LoadFigures.Spread spread, double scale, String unit) {
    if (spread.n() > 0) {
      line(
          text,
          "  %-13s mean %s, p50 %s, p90 %s, p95 %s, p99 %s %s",
          name,
          number(spread.mean(), scale),
          number(spread.p50(), scale),
          number(spread.p90(), scale),
          number(spread.p95(), scale),
          number(spread.p99(), scale),
          unit);
    }
  }

  private static String number(@Nullable Double value, double scale) {
    return PLAIN.significant(value == null ? null : Double.valueOf(value * scale));
  }

  @SuppressWarnings("AnnotateFormatMethod") // all callers are in this file
  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
