package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.html.RunView.Fact;
import dev.refract.reports.result.Meter;
import dev.refract.reports.result.Summary;
import dev.refract.reports.telemetry.Hardware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Speed and cost of a run, in words; unknown values are left out.
final class SpeedFacts {

  private SpeedFacts() {}

  /// @param captions whether captions were made
  static List<Fact> of(Summary.Timing timing, boolean captions) {
    List<Fact> facts = new ArrayList<>();
    if (captions) {
      add(facts, "Captions", timing.captioning());
    }
    add(facts, "Answers", timing.answering());
    Hardware hardware = timing.hardware();
    if (hardware != null) {
      add(facts, hardware);
    }
    return facts;
  }

  private static void add(List<Fact> facts, String what, @Nullable Meter meter) {
    if (meter == null) {
      return;
    }
    facts.add(
        new Fact(
            what,
            text(
                "%d in %.1f s, %.2f/s; failed %d, truncated %d, retried attempts %d",
                meter.landed(),
                meter.seconds(),
                meter.perSecond(),
                meter.failed(),
                meter.truncated(),
                meter.retried())));
    Meter.Latency latency = meter.latency();
    facts.add(
        new Fact(
            what + ", latency",
            text(
                "mean %.2f s, p50 %s, p90 %s, p95 %s, p99 %s; a dash means too few samples",
                latency.mean(),
                seconds(latency.p50()),
                seconds(latency.p90()),
                seconds(latency.p95()),
                seconds(latency.p99()))));
    facts.add(
        new Fact(
            what + ", in flight",
            text(
                "mean %.1f, maximum %d; %.0f %% of the time at 90 %% of the maximum or more",
                meter.inFlight(), meter.mostInFlight(), 100 * meter.saturated())));
    Double output = meter.tokens().outputTokensPerSecond();
    if (output != null) {
      facts.add(
          new Fact(
              what + ", tokens",
              text(
                  "%.0f output/s, counted by %s; input/s counted by the server: %s, images %s",
                  output,
                  meter.tokens().tokenizer() == null ? "the server" : meter.tokens().tokenizer(),
                  rate(meter.tokens().inputTokensPerSecond()),
                  rate(meter.tokens().imageTokensPerSecond()))));
    }
  }

  private static void add(List<Fact> facts, Hardware hardware) {
    if (hardware.gpus() > 0) {
      facts.add(
          new Fact(
              "GPUs",
              text(
                  "%d, mean power %s W, utilization %s",
                  hardware.gpus(),
                  number(hardware.watts()),
                  hardware.utilization() == null
                      ? "–"
                      : text("%.0f %%", 100 * hardware.utilization()))));
      facts.add(
          new Fact(
              "Energy of the caption stage",
              text(
                  "%s J by energy counters, %s J by integrated power; %s J per caption",
                  number(hardware.joules()),
                  number(hardware.integratedJoules()),
                  number(hardware.joulesPerCaption()))));
      facts.add(
          new Fact(
              "Clocks held back by",
              hardware.clockReasons().isEmpty()
                  ? "nothing"
                  : String.join(", ", hardware.clockReasons())));
    } else {
      facts.add(new Fact("GPUs", "no readings"));
    }
    if (hardware.serverOutputTokens() != null) {
      facts.add(
          new Fact(
              "Counted by the server",
              text(
                  "%s input tokens, %.0f output tokens%s",
                  number(hardware.serverInputTokens()),
                  hardware.serverOutputTokens(),
                  hardware.cacheHits() == null
                      ? ""
                      : text("; prefix cache hits %.1f %%", 100 * hardware.cacheHits()))));
    }
    if (hardware.clientCpu() != null) {
      facts.add(
          new Fact(
              "Client", text("%.0f %% of this machine's processors", 100 * hardware.clientCpu())));
    }
  }

  private static String seconds(@Nullable Double value) {
    return FORMAT.decimal(value) + (value == null ? "" : " s");
  }

  private static String rate(@Nullable Double value) {
    return value == null ? "unknown" : text("%.0f", value);
  }

  private static String number(@Nullable Double value) {
    return value == null ? "–" : text("%.1f", value);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its callers are on this page
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
