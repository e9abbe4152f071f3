package dev.refract.reports.tally;

import dev.refract.reports.caption.GoldInCaption;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;

/// Where the points of a question that is not wholly right were lost, as far as one run can tell.
public enum Loss {
  NO_REPLY("No reply, or no caption to answer from"),
  FORM("A reply without an answer in the requested form"),
  UNDECIDED("An answer that cannot be compared without a computer algebra system"),
  NOT_IN_CAPTION("The caption does not have the gold"),
  ANSWERER("The caption has the gold, and the answer is another"),
  WITHOUT_CAPTION("Answered without a caption"),
  UNTOLD("Choices and yes-or-no questions, of which a caption does not tell");

  private final String words;

  Loss(String words) {
    this.words = words;
  }

  /// For a reader.
  public String words() {
    return words;
  }

  /// @param gold whether a caption has the question's gold
  public static Loss of(ItemResult item, GoldInCaption gold) {
    return switch (item.representative().outcome()) {
      case Outcome.Failed _ -> NO_REPLY;
      case Outcome.Unparsed _ -> FORM;
      case Outcome.Unsupported _ -> UNDECIDED;
      case Outcome.Scored _, Outcome.Abstained _, Outcome.Unscored _ ->
          switch (gold) {
            case PRESENT -> ANSWERER;
            case ABSENT -> NOT_IN_CAPTION;
            case NO_CAPTION -> WITHOUT_CAPTION;
            case NOT_TELLING -> UNTOLD;
          };
    };
  }
}
