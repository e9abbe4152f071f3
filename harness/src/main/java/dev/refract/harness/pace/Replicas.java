package dev.refract.harness.pace;

import java.util.List;

/// Several servers of one model. A request goes to the server with the fewest outstanding requests.
/// An unreachable server gets no requests for a while, longer each time.
public final class Replicas {

  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final int MAX_DOUBLINGS = 5;

  private final List<Replica> replicas;

  public Replicas(List<String> baseUrls) {
    replicas = baseUrls.stream().map(Replica::new).toList();
  }

  /// One server; {@link Replicas} guards its counters.
  public static final class Replica {

    private final String baseUrl;
    private int outstanding;
    private int failures;
    private long downUntil;

    private Replica(String baseUrl) {
      this.baseUrl = baseUrl;
    }

    public String baseUrl() {
      return baseUrl;
    }

    private boolean isUp(long nanos) {
      return failures == 0 || nanos - downUntil >= 0;
    }
  }

  /// The server for the next request. If all are down, the one whose pause ends first.
  ///
  /// @param nanos on the clock of `System.nanoTime`
  public synchronized Replica take(long nanos) {
    Replica best = replicas.getFirst();
    for (Replica other : replicas) {
      if (isBetter(other, best, nanos)) {
        best = other;
      }
    }
    best.outstanding++;
    return best;
  }

  private static boolean isBetter(Replica a, Replica b, long nanos) {
    if (a.isUp(nanos) != b.isUp(nanos)) {
      return a.isUp(nanos);
    }
    return a.isUp(nanos) ? a.outstanding < b.outstanding : a.downUntil - b.downUntil < 0;
  }

  /// @param reached whether the server could be reached
  /// @return whether another server can be tried at once
  public synchronized boolean back(Replica replica, boolean reached, long nanos) {
    replica.outstanding--;
    if (reached) {
      replica.failures = 0;
      return false;
    }
    replica.downUntil = nanos + (FIRST_PAUSE_NANOS << Math.min(replica.failures, MAX_DOUBLINGS));
    replica.failures++;
    return replicas.stream().anyMatch(other -> other.isUp(nanos));
  }
}
