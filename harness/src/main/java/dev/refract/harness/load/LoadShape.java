package dev.refract.harness.load;

import java.util.Random;

/// How requests arrive.
public sealed interface LoadShape {

  /// So many users, each of whom asks again when answered.
  ///
  /// @param users requests in flight at once
  record Closed(int users) implements LoadShape {

    @Override
    public String words() {
      return "closed loop, " + users + " in flight";
    }
  }

  /// Requests that come when they come, however busy the server is.
  ///
  /// @param rate requests a second
  /// @param poisson whether gaps are exponential, as of independent users; else all alike
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

  /// All at once; the server orders its work as it likes.
  ///
  /// @param requests in all
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
