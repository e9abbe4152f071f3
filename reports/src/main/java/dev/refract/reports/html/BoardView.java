package dev.refract.reports.html;

import dev.refract.reports.compare.Attainment;
import dev.refract.reports.compare.Evidence;
import dev.refract.reports.compare.Mismatch;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.html.part.OutcomeShares;
import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.render.Plots;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.AttainableShare;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the leaderboard shows: a row for each run, best first.
///
/// @param lead what was run
/// @param warning what a reader must know before the figures, or null
/// @param columns those of which not every row has the same content
/// @param published results from papers on these protocols
/// @param groups of rows that may be compared with each other; one where all may
/// @param loads whether there is a page of loads on servers
/// @param created when the newest run was created
public record BoardView(
    String lead,
    List<String> datasets,
    List<Row> rows,
    BoardColumns columns,
    @Nullable String warning,
    Facts facts,
    List<Published> published,
    boolean loads,
    Figures figures,
    HeatMap heat,
    List<Group> groups,
    String created) {

  /// A picture, empty where there is nothing to draw.
  public record Plot(String svg, String note) {

    static final Plot NONE = new Plot("", "");
  }

  /// @param frontier accuracy over captions per second
  /// @param steps accuracy over checkpoints
  public record Figures(Plot frontier, Plot steps) {}

  /// Rows that may be compared with each other.
  ///
  /// @param letter its name, or empty for the only one
  /// @param words in what it differs from the other groups
  /// @param forest differences to its best captioner
  /// @param pairs how many pairs the intervals are adjusted for
  /// @param across whether there are pages with all of its rows side by side
  public record Group(
      String letter, String words, Plot forest, Pairwise pairwise, int pairs, boolean across) {}

  /// Captioners compared in pairs, best first.
  ///
  /// @param columns names of all captioners but the last
  public record Pairwise(List<String> columns, List<PairRow> rows) {}

  public record PairRow(String name, List<PairCell> cells) {}

  /// @param label which captioner is compared with which
  /// @param page the comparison page of the two; empty where there is none
  public record PairCell(String value, String interval, String label, String page) {

    static final PairCell NONE = new PairCell("", "", "", "");
  }

  /// Accuracies by group of questions.
  ///
  /// @param runs names of the columns
  public record HeatMap(List<String> runs, List<HeatRow> rows) {}

  /// @param note that the answerer fails here, or empty
  public record HeatRow(String group, String note, List<HeatCell> cells) {}

  /// @param accuracy null where a run does not have the group
  /// @param n questions
  public record HeatCell(@Nullable Double accuracy, int n) {

    /// The depth of its colour, 0 to 10.
    public int tint() {
      return accuracy == null ? 0 : (int) Math.round(10 * accuracy);
    }
  }

  /// What the runs have in common, stated once below the table.
  public record Facts(String data, String protocol, String answerer, String harness) {}

  /// @param ranks such as `1–2`; empty for a run that is not ranked
  /// @param cells the macro mean, then one for each dataset; null where the run does not have it
  public record Row(
      Label label,
      String ranks,
      boolean complete,
      List<@Nullable Cell> cells,
      Scores scores,
      int questions,
      int images,
      OutcomeShares outcomes,
      Captions captions,
      ThroughputView speed) {}

  /// @param link to the run's page
  /// @param group letter of the rows with which it may be compared; empty where all may, `–` where
  ///   none may
  public record Label(
      String name, String link, String model, String answerer, boolean control, String group) {}

  /// @param lift over the blind control, as a share
  /// @param attained where it stands between its floor and its ceiling; null where there is neither
  public record Scores(
      @Nullable Double lift,
      @Nullable Attained attained,
      @Nullable Double best,
      @Nullable Double circular,
      @Nullable Double judged) {}

  /// @param share null where the ceiling is not clearly above the floor
  /// @param floor accuracy of the blind control
  /// @param ceiling accuracy of the reference
  public record Attained(@Nullable AttainableShare share, double floor, double ceiling) {}

  /// @param words mean length of a caption
  /// @param truncated share of captions; looping too
  /// @param empty share of captions; filtered too
  /// @param cutAnswers share of answers that ended at the token limit
  public record Captions(
      long words,
      @Nullable Double truncated,
      @Nullable Double looping,
      @Nullable Double empty,
      @Nullable Double filtered,
      @Nullable Double cutAnswers) {

    private static Captions of(Summary summary) {
      CaptionHealth health = summary.health();
      return new Captions(
          Math.round(health.words()),
          NumberFormats.share(health.truncated(), health.captions()),
          NumberFormats.share(health.looping(), health.captions()),
          NumberFormats.share(health.ends().empty(), health.captions()),
          NumberFormats.share(health.ends().filtered(), health.captions()),
          NumberFormats.share(summary.answerEnds().truncated(), summary.overall().answers()));
    }
  }

  /// An accuracy with the bar of its interval.
  public record Cell(Estimate accuracy) {

    /// Position of the mean in the bar, in percent; low and width have the same unit.
    public double mean() {
      return 100 * accuracy.mean();
    }

    public double low() {
      return 100 * accuracy.low();
    }

    public double width() {
      return 100 * (accuracy.high() - accuracy.low());
    }
  }

  /// One run as the board needs it.
  ///
  /// @param questions what the statistics need from its items
  record Entry(String slug, RunRecord record, Summary summary, List<ScoredQuestion> questions) {

    double accuracy() {
      return summary.overall().accuracy().mean();
    }
  }

  static BoardView of(
      List<Entry> entries, List<RankingView> groups, List<Published> published, boolean loads) {
    Set<String> datasets = new LinkedHashSet<>();
    entries.forEach(e -> e.summary.datasets().forEach(g -> datasets.add(g.name())));
    List<Row> rows =
        entries.stream()
            .sorted(
                Comparator.comparingInt((Entry e) -> place(e, groups))
                    .thenComparingDouble(BoardView::rank))
            .map(e -> row(e, datasets, scores(e, entries), groups))
            .toList();
    RunRecord newest =
        entries.stream()
            .map(Entry::record)
            .max(Comparator.comparing(RunRecord::created))
            .orElseThrow();
    return new BoardView(
        lead(entries),
        datasets.stream().map(newest::label).toList(),
        rows,
        BoardColumns.of(rows),
        warning(entries, groups),
        facts(newest, entries),
        published,
        loads,
        new Figures(frontier(entries), steps(entries)),
        heat(entries),
        groups.stream()
            .map(group ->
                group(
                    group,
                    groups,
                    entries.stream().filter(e -> place(e, groups) == groups.indexOf(group)).count()
                        > 1))
            .toList(),
        newest.created());
  }

  private static String lead(List<Entry> entries) {
    boolean captions = false;
    boolean others = false;
    for (Entry entry : entries) {
      boolean unknown = Answered.of(entry.record, entry.summary) == Answered.IMPORTED;
      captions |= !unknown;
      others |= unknown;
    }
    return Answered.lead(captions, others);
  }

  /// The group to which a row belongs; the number of groups where it belongs to none.
  private static int place(Entry entry, List<RankingView> groups) {
    int place = 0;
    while (place < groups.size() && !groups.get(place).holds(entry)) {
      place++;
    }
    return place;
  }

  private static String letter(int place, List<RankingView> groups) {
    return groups.size() < 2
        ? ""
        : place == groups.size() ? "–" : place < 26 ? "" + (char) ('A' + place) : "G" + (place + 1);
  }

  private static Group group(RankingView group, List<RankingView> all, boolean across) {
    return new Group(
        letter(all.indexOf(group), all),
        all.size() < 2 ? "" : words(group, all),
        forest(group),
        group.pairwise(),
        group.pairs(),
        across);
  }

  /// What the members have in common and other groups do not.
  private static String words(RankingView group, List<RankingView> all) {
    RunRecord own = group.members().getFirst().record();
    Set<Mismatch> differ = new LinkedHashSet<>();
    for (RankingView other : all) {
      differ.addAll(Mismatch.between(own, other.members().getFirst().record()));
    }
    List<String> words = new ArrayList<>();
    for (Mismatch difference : differ) {
      words.add(
          switch (difference) {
            case DATA ->
                String.join(
                    ", ",
                    own.datasets().stream()
                        .map(d -> "%s (%d questions)".formatted(d.id(), d.questions()))
                        .toList());
            case PROTOCOL ->
                "protocol %s version %d".formatted(own.protocol().id(), own.protocol().version());
            case MODE -> "scored " + own.protocol().mode();
            case ANSWERER -> "answerer " + own.answererId();
            case ASKING ->
                "%d rotations, %d repeats"
                    .formatted(own.asking().rotations(), own.asking().repeats());
          });
    }
    return String.join("; ", words);
  }

  private static Scores scores(Entry entry, List<Entry> all) {
    Summary.Overall overall = entry.summary.overall();
    Optional<Entry> floor = first(all, other -> other.record.isFloorOf(entry.record));
    Optional<Entry> ceiling = first(all, other -> other.record.isCeilingOf(entry.record));
    boolean graded = overall.accuracy().n() > 0;
    return new Scores(
        graded && floor.isPresent()
            ? Double.valueOf(overall.accuracy().mean() - floor.get().accuracy())
            : null,
        graded && !entry.record.isControl() && floor.isPresent() && ceiling.isPresent()
            ? attained(entry, floor.get(), ceiling.get())
            : null,
        overall.best(),
        overall.circular(),
        overall.judged());
  }

  private static Attained attained(Entry entry, Entry floor, Entry ceiling) {
    return new Attained(
        Attainment.of(entry.questions, floor.questions, ceiling.questions).orElse(null),
        floor.accuracy(),
        ceiling.accuracy());
  }

  private static Optional<Entry> first(List<Entry> entries, Predicate<Entry> wanted) {
    return entries.stream().filter(wanted).findFirst();
  }

  /// Sort key; runs that cannot be graded here come last.
  private static double rank(Entry entry) {
    double mean = entry.summary.overall().accuracy().mean();
    return Double.isNaN(mean) ? 1 : -mean;
  }

  private static Row row(
      Entry entry, Set<String> datasets, Scores scores, List<RankingView> groups) {
    int place = place(entry, groups);
    Summary.Overall overall = entry.summary.overall();
    RunRecord record = entry.record;
    List<@Nullable Cell> cells = new ArrayList<>();
    if (datasets.size() > 1) {
      cells.add(
          entry.summary.datasets().size() == datasets.size() ? new Cell(overall.accuracy()) : null);
    }
    for (String dataset : datasets) {
      Optional<Summary.Group> group =
          entry.summary.datasets().stream().filter(g -> g.name().equals(dataset)).findFirst();
      cells.add(group.map(g -> new Cell(g.accuracy())).orElse(null));
    }
    return new Row(
        new Label(
            entry.slug,
            "runs/" + entry.slug + "/index.html",
            record.captioner().displayName(),
            record.answererId(),
            record.isControl(),
            letter(place, groups)),
        place == groups.size() ? "" : groups.get(place).ranks(entry),
        !cells.contains(null) && overall.outcomes().failed() == 0,
        cells,
        scores,
        overall.planned() + overall.ungraded(),
        overall.images(),
        OutcomeShares.of(overall.outcomes(), overall.answers()),
        Captions.of(entry.summary),
        ThroughputView.of(record, entry.summary.timing()));
  }

  private static Plot frontier(List<Entry> entries) {
    List<Plots.Point> points =
        entries.stream()
            .filter(e -> !e.record.isControl())
            .filter(e -> e.summary.timing().captionsPerSecond() > 0)
            .map(e -> point(e, e.summary.timing().captionsPerSecond()))
            .toList();
    return points.size() < 2
        ? Plot.NONE
        : new Plot(
            Plots.frontier(
                points,
                levels(entries),
                "Accuracy against captions per second; the leaderboard above has the figures"),
            "The line connects the captioners that no other beats in both accuracy and speed."
                + " Vertical bars are 95 % intervals of the accuracy.");
  }

  /// The controls to which the others are compared.
  private static List<Plots.Level> levels(List<Entry> entries) {
    return entries.stream()
        .filter(e ->
            e.record.captioner() instanceof ModelIdentity.Blind
                || e.record.captioner() instanceof ModelIdentity.Direct)
        .map(e -> new Plots.Level(e.record.name(), 100 * e.accuracy()))
        .toList();
  }

  private static Plots.Point point(Entry e, double x) {
    Estimate accuracy = e.summary.overall().accuracy();
    return new Plots.Point(
        e.record.name(), x, 100 * accuracy.mean(), 100 * accuracy.low(), 100 * accuracy.high());
  }

  private static Plot forest(RankingView group) {
    return group.bars().isEmpty()
        ? Plot.NONE
        : new Plot(
            Plots.forest(
                group.bars(),
                "points below or above the best",
                "Differences to the best captioner; the comparisons have the figures"),
            "Difference to %s on the same questions, with 95 %% intervals clustered by image and adjusted for all pairs."
                .formatted(group.best()));
  }

  /// Scores over checkpoints, where at least three run names contain a step.
  private static Plot steps(List<Entry> entries) {
    List<Plots.Point> points =
        entries.stream()
            .filter(e -> !e.record.isControl() && Plots.step(e.record.name()).isPresent())
            .map(e -> point(e, Plots.step(e.record.name()).orElseThrow()))
            .sorted(Comparator.comparingDouble(Plots.Point::x))
            .toList();
    return points.size() < 3
        ? Plot.NONE
        : new Plot(
            Plots.curve(
                points,
                levels(entries),
                "step",
                "Accuracy over checkpoints; the leaderboard has the figures"),
            "Steps are read from the runs' names.");
  }

  private static HeatMap heat(List<Entry> entries) {
    List<Entry> sorted =
        entries.stream().sorted(Comparator.comparingDouble(BoardView::rank)).toList();
    Set<String> groups = new LinkedHashSet<>();
    sorted.forEach(e -> e.summary.groups().forEach(g -> groups.add(g.name())));
    return new HeatMap(
        sorted.stream().map(e -> e.record.name()).toList(),
        groups.stream()
            .map(group ->
                new HeatRow(
                    group,
                    failing(group, sorted),
                    sorted.stream().map(e -> cell(e, group)).toList()))
            .toList());
  }

  /// Below this accuracy of the reference, a group measures the answerer more than captions.
  private static final double LEAST_CEILING = 0.5;

  private static String failing(String group, List<Entry> entries) {
    return entries.stream()
        .filter(e -> e.record.captioner() instanceof ModelIdentity.Reference)
        .map(e -> cell(e, group))
        .filter(cell -> cell.accuracy != null && cell.accuracy < LEAST_CEILING)
        .map(cell ->
            "The answerer fails here: it answers %s %% from the reference."
                .formatted(NumberFormats.FORMAT.percent(cell.accuracy)))
        .findFirst()
        .orElse("");
  }

  private static HeatCell cell(Entry entry, String group) {
    return entry.summary.groups().stream()
        .filter(g -> g.name().equals(group))
        .findFirst()
        .map(g -> new HeatCell(g.accuracy().n() == 0 ? null : g.accuracy().mean(), g.planned()))
        .orElse(new HeatCell(null, 0));
  }

  private static @Nullable String warning(List<Entry> entries, List<RankingView> groups) {
    List<String> warnings = new ArrayList<>();
    if (groups.size() > 1) {
      Set<Mismatch> differ = new TreeSet<>();
      for (RankingView group : groups) {
        differ.addAll(
            Mismatch.between(
                groups.getFirst().members().getFirst().record(),
                group.members().getFirst().record()));
      }
      warnings.add(
          "These runs differ in %s. Only rows with the same letter may be compared; each group has ranks of its own."
              .formatted(String.join(" and ", differ.stream().map(Mismatch::words).toList())));
    }
    for (Entry entry : entries) {
      RunRecord run = entry.record;
      Evidence.obstacle(run, entry.summary, Evidence.MAX_FAILED)
          .ifPresent(_ ->
              warnings.add(
                  "More than %.0f %% of the answers of %s failed, so it is not ranked."
                      .formatted(Evidence.MAX_FAILED, run.name())));
      for (String change : run.environment().modelChanges()) {
        warnings.add(
            "The model behind its name changed while %s was made: %s."
                .formatted(run.name(), change));
      }
    }
    return warnings.isEmpty() ? null : String.join(" ", warnings);
  }

  private static Facts facts(RunRecord run, List<Entry> entries) {
    return new Facts(
        String.join(
            "; ",
            run.datasets().stream().map(d -> d.label() + ": " + d.extent() + d.scoring()).toList()),
        "%s version %d, scored %s%s"
            .formatted(
                run.protocol().id(),
                run.protocol().version(),
                run.protocol().mode(),
                run.protocol().answerForm().equals("raw")
                    ? ", raw template sent to /completions"
                    : ""),
        entries.stream()
            .map(e -> e.record.answerer().displayName())
            .distinct()
            .collect(Collectors.joining(", ")),
        run.environment().harness());
  }
}
