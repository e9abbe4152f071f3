package dev.refract.harness.pace;

import java.time.Duration;

/// Limits on all requests to an endpoint together.
///
/// @param requestsPerMinute may be infinite
/// @param tokensPerMinute input and output together; may be infinite
/// @param patience how long an endpoint that gives no reply is waited for
public record Limits(double requestsPerMinute, double tokensPerMinute, Duration patience) {

  public static final Limits NONE =
      new Limits(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Duration.ofMinutes(15));
}
