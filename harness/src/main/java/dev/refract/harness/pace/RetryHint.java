package dev.refract.harness.pace;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long a server asks to wait: by `Retry-After` (RFC 9110), by the headers that providers use
/// besides it, or in the words of its message.
public final class RetryHint {

  /// Headers with a time until the limit is reset, or the instant of it.
  private static final List<String> RESETS =
      List.of(
          "x-ratelimit-reset-requests",
          "x-ratelimit-reset-tokens",
          "x-ratelimit-reset",
          "ratelimit-reset",
          "ratelimitbysize-reset",
          "anthropic-ratelimit-requests-reset",
          "anthropic-ratelimit-tokens-reset");

  /// LiteLLM passes the headers of the server behind it on under names of its own.
  private static final List<String> PREFIXES = List.of("", "llm_provider-");

  private static final Pattern SPAN =
      Pattern.compile(
          "(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|milliseconds?|s|seconds?|secs?|m|min|minutes?|h|hours?|d|days?)(?![a-z])");

  private static final Pattern WORDS =
      Pattern.compile(
          "(?:try"
              + " again|retry|wait|available|reset\\w*)\\s+(?:(?:\\w+\\s+){0,2}?(?:in|after|for)\\s+)?((?:about\\s+)?\\d[\\w."
              + " ]{0,60})");

  private static final Pattern RESET_IN_BODY =
      Pattern.compile("(?i)\"x-ratelimit-reset\"\\s*:\\s*\"?(\\d{10,13})");

  private static final double EPOCH_SECONDS = 1e9;
  private static final double EPOCH_MILLIS = 1e12;

  private RetryHint() {}

  /// @param headers looks up a header by its name in lower case; null when absent
  /// @param body of the response; where it and a header differ, the longer wait counts
  public static Optional<Duration> of(
      Function<String, @Nullable String> headers, String body, Instant now) {
    Optional<Duration> asked = Optional.empty();
    for (String prefix : PREFIXES) {
      asked =
          asked
              .or(() ->
                  number(headers.apply(prefix + "retry-after-ms"))
                      .map(millis -> Duration.ofMillis((long) Math.min(millis, Integer.MAX_VALUE))))
              .or(() -> time(headers.apply(prefix + "retry-after"), now));
      asked = asked.or(() -> soonest(name -> headers.apply(prefix + name), now));
    }
    Optional<Duration> words = inWords(body);
    if (asked.isPresent() && words.isPresent()) {
      return Stream.of(asked.get(), words.get()).max(Comparator.naturalOrder());
    }
    return asked.or(() -> words).or(() -> inBody(body, now)).filter(d -> !d.isNegative());
  }

  /// The first of several limits that is reset: which of them was hit is not always told, and a
  /// request that comes too early only learns the next one.
  private static Optional<Duration> soonest(
      Function<String, @Nullable String> headers, Instant now) {
    return RESETS.stream()
        .flatMap(reset -> time(headers.apply(reset), now).stream())
        .min(Comparator.naturalOrder());
  }

  /// Seconds, a span such as `1m30s`, an instant, or the seconds or milliseconds since 1970.
  private static Optional<Duration> time(@Nullable String header, Instant now) {
    if (header == null || header.isBlank()) {
      return Optional.empty();
    }
    String text = header.strip();
    Optional<Double> number = number(text);
    if (number.isPresent()) {
      double value = number.get();
      if (value >= EPOCH_MILLIS) {
        return until(Instant.ofEpochMilli((long) value), now);
      } else if (value >= EPOCH_SECONDS) {
        return until(Instant.ofEpochSecond((long) value), now);
      }
      return Optional.of(seconds(value));
    }
    Optional<Duration> span = span(text.toLowerCase(Locale.ROOT), true);
    if (span.isPresent()) {
      return span;
    }
    try {
      return until(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(), now);
    } catch (DateTimeException _) {
      // not a date of HTTP
    }
    try {
      return until(Instant.parse(text), now);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> until(Instant at, Instant now) {
    Duration wait = Duration.between(now, at);
    return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
  }

  private static Optional<Double> number(@Nullable String text) {
    return text != null && text.strip().matches("\\d{1,15}(\\.\\d{0,9})?")
        ? Optional.of(Double.valueOf(text.strip()))
        : Optional.empty();
  }

  private static Optional<Duration> inWords(String body) {
    Matcher words = WORDS.matcher(body.toLowerCase(Locale.ROOT));
    while (words.find()) {
      Optional<Duration> span = span(words.group(1), false);
      if (span.isPresent()) {
        return span;
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> inBody(String body, Instant now) {
    Matcher reset = RESET_IN_BODY.matcher(body);
    return reset.find() ? time(reset.group(1), now) : Optional.empty();
  }

  /// The sum of amounts such as `1m30.5s`, as far as they follow each other from the start.
  ///
  /// @param whole whether nothing else may follow
  private static Optional<Duration> span(String text, boolean whole) {
    Matcher part = SPAN.matcher(text);
    double total = 0;
    int end = 0;
    boolean found = false;
    while (part.find() && text.substring(end, part.start()).matches("(?:\\s|about|and|,)*")) {
      total += Double.parseDouble(part.group(1)) * secondsPer(part.group(2));
      end = part.end();
      found = true;
    }
    return found && (!whole || text.substring(end).isBlank())
        ? Optional.of(seconds(total))
        : Optional.empty();
  }

  private static double secondsPer(String unit) {
    if (unit.startsWith("ms") || unit.startsWith("milli")) {
      return 0.001;
    }
    return switch (unit.charAt(0)) {
      case 'm' -> 60;
      case 'h' -> 3600;
      case 'd' -> 86_400;
      default -> 1;
    };
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) Math.min(1000.0 * seconds, 1000.0 * Integer.MAX_VALUE));
  }
}
