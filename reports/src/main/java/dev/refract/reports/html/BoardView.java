package dev.refract.reports.html;

import dev.refract.reports.compare.Evidence;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.render.Plots;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.ReplyEnds;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the leaderboard shows: a row for each run, best first.
///
/// @param warning what makes the rows incomparable, or null
/// @param columns which optional columns have content
/// @param published results from papers on these protocols
/// @param loads whether there is a page of loads on servers
/// @param created when the newest run was created
public record BoardView(
    List<String> datasets,
    List<Row> rows,
    Columns columns,
    @Nullable String warning,
    Facts facts,
    List<Published> published,
    boolean loads,
    Figures figures,
    HeatMap heat,
    Pairwise pairwise,
    String created) {

  /// A picture, empty where there is nothing to draw.
  public record Plot(String svg, String note) {

    static final Plot NONE = new Plot("", "");
  }

  /// @param frontier accuracy over captions per second
  /// @param forest differences to the best captioner
  /// @param steps accuracy over checkpoints
  public record Figures(Plot frontier, Plot forest, Plot steps) {}

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

  public record HeatRow(String group, List<HeatCell> cells) {}

  /// @param accuracy null where a run does not have the group
  /// @param n questions
  public record HeatCell(@Nullable Double accuracy, int n) {

    /// The depth of its colour, 0 to 10.
    public int tint() {
      return accuracy == null ? 0 : (int) Math.round(10 * accuracy);
    }
  }

  /// Which optional columns are shown.
  ///
  /// @param ends whether captions were empty or filtered, or answers truncated
  public record Columns(
      boolean answerer,
      boolean best,
      boolean circular,
      boolean judged,
      boolean unsupported,
      boolean ends,
      boolean warm,
      boolean perGpu,
      boolean tokens,
      boolean joules) {

    private static Columns of(List<Entry> entries, List<Row> rows) {
      return new Columns(
          entries.stream().map(e -> e.record.answererId()).distinct().count() > 1,
          rows.stream().anyMatch(r -> r.scores.best != null),
          rows.stream().anyMatch(r -> r.scores.circular != null),
          rows.stream().anyMatch(r -> r.scores.judged != null),
          entries.stream().anyMatch(e -> e.summary.overall().outcomes().unsupported() > 0),
          entries.stream().anyMatch(e -> hasIncompleteReplies(e)),
          rows.stream().anyMatch(r -> r.speed.warmCaptions() != null),
          rows.stream().anyMatch(r -> r.speed.perGpu() != null),
          rows.stream().anyMatch(r -> r.speed.tokens() != null),
          rows.stream().anyMatch(r -> r.speed.joules() != null));
    }

    private static boolean hasIncompleteReplies(Entry entry) {
      ReplyEnds captions = entry.summary.health().ends();
      return !entry.record.isControl() && captions.empty() + captions.filtered() > 0
          || entry.summary.answerEnds().truncated() > 0;
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
  public record Label(String name, String link, String model, String answerer, boolean control) {}

  /// @param lift over the blind control, as a share
  public record Scores(
      @Nullable Double lift,
      @Nullable Double best,
      @Nullable Double circular,
      @Nullable Double judged) {}

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

  /// @param league the runs that are ranked with each other
  static BoardView of(
      List<Entry> entries, RankingView league, List<Published> published, boolean loads) {
    Set<String> datasets = new LinkedHashSet<>();
    entries.forEach(e -> e.summary.datasets().forEach(g -> datasets.add(g.name())));
    List<Row> rows =
        entries.stream()
            .sorted(Comparator.comparingDouble(BoardView::rank))
            .map(e -> row(e, datasets, floor(e, entries), league.ranks(e)))
            .toList();
    RunRecord newest =
        entries.stream()
            .map(Entry::record)
            .max(Comparator.comparing(RunRecord::created))
            .orElseThrow();
    return new BoardView(
        datasets.stream().map(newest::label).toList(),
        rows,
        Columns.of(entries, rows),
        warning(entries),
        facts(newest, entries),
        published,
        loads,
        new Figures(frontier(entries), forest(league), steps(entries)),
        heat(entries),
        league.pairwise(),
        newest.created());
  }

  /// Accuracy of the blind control on the same questions with the same answerer.
  private static OptionalDouble floor(Entry entry, List<Entry> entries) {
    return entries.stream()
        .filter(e -> e.record.isFloorOf(entry.record))
        .mapToDouble(e -> e.summary.overall().accuracy().mean())
        .findFirst();
  }

  /// Sort key; runs that cannot be graded here come last.
  private static double rank(Entry entry) {
    double mean = entry.summary.overall().accuracy().mean();
    return Double.isNaN(mean) ? 1 : -mean;
  }

  private static Row row(Entry entry, Set<String> datasets, OptionalDouble floor, String ranks) {
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
            record.isControl()),
        ranks,
        !cells.contains(null) && overall.outcomes().failed() == 0,
        cells,
        new Scores(
            floor.isPresent() && overall.accuracy().n() > 0
                ? Double.valueOf(overall.accuracy().mean() - floor.getAsDouble())
                : null,
            overall.best(),
            overall.circular(),
            overall.judged()),
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

  private static Plot forest(RankingView league) {
    return league.bars().isEmpty()
        ? Plot.NONE
        : new Plot(
            Plots.forest(
                league.bars(),
                "points below or above the best",
                "Differences to the best captioner; the comparisons have the figures"),
            "Difference to %s on the same questions, with 95 %% intervals clustered by image."
                .formatted(league.best()));
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
            .map(group -> new HeatRow(group, sorted.stream().map(e -> cell(e, group)).toList()))
            .toList());
  }

  private static HeatCell cell(Entry entry, String group) {
    return entry.summary.groups().stream()
        .filter(g -> g.name().equals(group))
        .findFirst()
        .map(g -> new HeatCell(g.accuracy().n() == 0 ? null : g.accuracy().mean(), g.planned()))
        .orElse(new HeatCell(null, 0));
  }

  private static @Nullable String warning(List<Entry> entries) {
    List<String> differ = new ArrayList<>();
    if (entries.stream().map(e -> e.record.datasets()).distinct().count() > 1) {
      differ.add("data");
    }
    if (entries.stream()
            .filter(e -> !(e.record.captioner() instanceof ModelIdentity.Direct))
            .map(e -> e.record.answerer().withoutAddress())
            .distinct()
            .count()
        > 1) {
      differ.add("answerer");
    }
    if (entries.stream().map(e -> e.record.protocol()).distinct().count() > 1) {
      differ.add("protocol");
    }
    if (entries.stream().map(e -> e.record.asking()).distinct().count() > 1) {
      differ.add("number of trials per question");
    }
    List<String> warnings = new ArrayList<>();
    if (!differ.isEmpty()) {
      warnings.add(
          "These runs differ in "
              + String.join(" and ", differ)
              + ", so their ranks cannot be compared.");
    }
    for (Entry entry : entries) {
      RunRecord run = entry.record;
      Evidence.obstacle(run, entry.summary, Evidence.MAX_FAILED)
          .ifPresent(_ ->
              warnings.add(
                  "More than %.0f %% of the answers of %s failed, so its rank is not one of the model."
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
