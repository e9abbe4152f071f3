package dev.refract.harness.llm;

import java.util.List;

/// Several servers of one model: a request goes to the one with the fewest outstanding, and one
/// that cannot be reached is left alone for a while, longer each time.
final class Replicas {

  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final int MAX_DOUBLINGS = 5;

  private final List<Replica> replicas;

  Replicas(List<String> baseUrls) {
    replicas = baseUrls.stream().map(Replica::new).toList();
  }

  /// One of them; its numbers belong to {@link Replicas}.
  static final class Replica {

    private final String baseUrl;
    private int outstanding;
    private int failures;
    private long downUntil;

    private Replica(String baseUrl) {
      this.baseUrl = baseUrl;
    }

    String baseUrl() {
      return baseUrl;
    }

    private boolean isUp(long nanos) {
      return failures == 0 || nanos - downUntil >= 0;
    }
  }

  /// Where the next request goes; where none can be reached, the one that was left alone longest.
  ///
  /// @param nanos on the clock of `System.nanoTime`
  synchronized Replica take(long nanos) {
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

  /// @param reached whether anything answered
  /// @return whether another one can be asked at once
  synchronized boolean back(Replica replica, boolean reached, long nanos) {
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
