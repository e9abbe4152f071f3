package dev.refract.harness.load;

import java.util.Random;

/// How requests arrive.
public sealed interface LoadShape {

  /// A fixed number of users; each sends the next request after the reply to the last.
  ///
  /// @param users number of requests in flight
  record Closed(int users) implements LoadShape {

    @Override
    public String words() {
      return "closed loop, " + users + " in flight";
    }
  }

  /// Requests that arrive independently of how busy the server is.
  ///
  /// @param rate requests per second
  /// @param poisson whether gaps are exponential, as for independent users; otherwise constant
  record Open(double rate, boolean poisson, long seed) implements LoadShape {

    @Override
    public String words() {
      return "open loop, %.2f/s %s".formatted(rate, poisson ? "Poisson" : "constant");
    }

    /// Seconds between one request and the next.
    Gaps gaps() {
      Random random = new Random(seed);
      return () -> poisson ? -Math.log(1 - random.nextDouble()) / rate : 1 / rate;
    }
  }

  /// All requests at once; the server schedules them.
  ///
  /// @param requests total number
  record Offline(int requests) implements LoadShape {

    @Override
    public String words() {
      return "offline, " + requests + " at once";
    }
  }

  String words();

  /// See {@link Open#gaps}.
  @FunctionalInterface
  interface Gaps {
    double next();
  }
}
