package dev.refract.reports.verify;

/// Something that is wrong with a run.
///
/// @param kind decides what helps
/// @param problem names the file, the line where there is one, and what was found
public record Finding(Kind kind, String problem) {

  /// What kind of file is damaged.
  public enum Kind {
    /// `run.json`, or the folder itself: only a copy helps.
    RECORD("restore it from a copy, or make the run again in another folder"),
    /// A journal: what it lost must be requested again.
    JOURNAL(
        "remove the named lines and repeat the run's command: it sends only the requests whose"
            + " replies are missing"),
    /// A file that is computed from the journals.
    DERIVED("repeat the run's command: it derives this file again and sends no request"),
    /// A picture beside the runs, shown on pages only.
    IMAGE("delete it; pages then show the run without it, and repeating the run stores it again");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }

    public String remedy() {
      return remedy;
    }
  }
}
