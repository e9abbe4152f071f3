package dev.refract.reports.tally;

import dev.refract.reports.result.Ending;
import dev.refract.reports.result.ReplyEnd;
import dev.refract.reports.result.ReplyEnds;

/// Counts how replies ended.
final class EndTally {

  private int truncated;
  private int empty;
  private int filtered;
  private int unfinished;

  /// @param said the reply without thoughts
  /// @param thinks whether it contains thoughts
  void add(String said, Ending ending, boolean thinks) {
    boolean blank = said.isBlank();
    switch (ending.end()) {
      case TRUNCATED -> truncated++;
      case FILTERED -> filtered++;
      case COMPLETE, FAILED -> {}
    }
    empty += blank && ending.end() != ReplyEnd.FILTERED ? 1 : 0;
    unfinished += blank && thinks ? 1 : 0;
  }

  ReplyEnds ends() {
    return new ReplyEnds(truncated, empty, filtered, unfinished);
  }
}
