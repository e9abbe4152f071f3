package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.compare.Evidence;
import dev.refract.reports.compare.Mismatch;
import dev.refract.reports.compare.Ranking;
import dev.refract.reports.html.BoardView.Entry;
import dev.refract.reports.html.BoardView.PairCell;
import dev.refract.reports.html.BoardView.PairRow;
import dev.refract.reports.html.BoardView.Pairwise;
import dev.refract.reports.render.Plots;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.RankIntervals.Ranks;
import java.util.ArrayList;
import java.util.List;

/// Runs of a board that may be compared, and so are ranked against each other: captioners without
/// controls that differ in nothing but the captioner, and of whose answers few failed.
///
/// @param members best first, at least one
/// @param standings ranks of the members, in that order
record RankingView(List<Entry> members, Ranking standings) {

  private static final double ALPHA = 0.05;

  /// Up to this many members, every pair has a page.
  private static final int MAX_ALL_PAIRS = 8;

  /// The groups of runs that may be compared with each other, the one with the best run first.
  static List<RankingView> groups(List<Entry> entries) {
    List<List<Entry>> groups = new ArrayList<>();
    entries.stream()
        .filter(RankingView::isRanked)
        .sorted((a, b) -> Double.compare(b.accuracy(), a.accuracy()))
        .forEach(entry ->
            groups.stream()
                .filter(group -> differences(group.getFirst(), entry).isEmpty())
                .findFirst()
                .orElseGet(() -> {
                  List<Entry> alone = new ArrayList<>();
                  groups.add(alone);
                  return alone;
                })
                .add(entry));
    return groups.stream().map(RankingView::of).toList();
  }

  private static RankingView of(List<Entry> members) {
    List<Ranking.Run> runs =
        members.stream()
            .map(e -> new Ranking.Run(e.record().name(), e.accuracy(), e.questions()))
            .toList();
    return new RankingView(List.copyOf(members), Ranking.of(runs, ALPHA, 0));
  }

  private static boolean isRanked(Entry entry) {
    return !entry.record().isControl()
        && entry.summary().overall().planned() > 0
        && Evidence.obstacle(entry.record(), entry.summary(), Evidence.MAX_FAILED).isEmpty();
  }

  private static List<Mismatch> differences(Entry a, Entry b) {
    return Mismatch.between(a.record(), b.record());
  }

  /// Whether a run may be read beside the members. The control direct answers by itself.
  boolean holds(Entry entry) {
    List<Mismatch> differences = differences(members.getFirst(), entry);
    return differences.isEmpty()
        || entry.record().captioner() instanceof ModelIdentity.Direct
            && differences.equals(List.of(Mismatch.ANSWERER));
  }

  /// Rank range such as `1–2`; empty for a run that is not ranked, or is the only member.
  String ranks(Entry entry) {
    int place = members.indexOf(entry);
    if (place < 0 || members.size() < 2) {
      return "";
    }
    Ranks ranks = standings.ranks().get(place);
    return ranks.best() == ranks.worst() ? "" + ranks.best() : ranks.best() + "–" + ranks.worst();
  }

  String best() {
    return members.getFirst().record().name();
  }

  /// The level of each pair's interval at which all of them together hold in 95 of 100 cases
  /// (Bonferroni), as ranks are adjusted for all pairs too.
  private double confidence() {
    return 1 - ALPHA / Math.max(1, standings.pairs().size());
  }

  /// How many pairs the intervals are adjusted for.
  int pairs() {
    return standings.pairs().size();
  }

  /// Differences of the other members to the best, in points.
  List<Plots.Bar> bars() {
    List<Plots.Bar> bars = new ArrayList<>();
    for (int i = 1; i < members.size(); i++) {
      Difference d = difference(i, standings.order().getFirst());
      if (d.isKnown()) {
        bars.add(
            new Plots.Bar(
                name(i), 100 * d.delta(), 100 * d.low(confidence()), 100 * d.high(confidence())));
      }
    }
    return bars;
  }

  private Ranking.Pair pair(int first, int second) {
    return standings.pairs().stream()
        .filter(p ->
            (p.lower() == first && p.higher() == second)
                || (p.lower() == second && p.higher() == first))
        .findFirst()
        .orElseThrow();
  }

  /// Score of the first minus score of the second; both are indices of members.
  private Difference difference(int first, int second) {
    Ranking.Pair pair = pair(first, second);
    return pair.higher() == first ? pair.difference() : turned(pair.difference());
  }

  private static Difference turned(Difference d) {
    return new Difference(-d.delta(), d.standardError(), d.degrees());
  }

  /// Two members that have a comparison page, by their slugs.
  record PairPage(String worse, String better) {

    String folder() {
      return "compare/" + worse + "~" + better; // no slug has a tilde
    }

    String page() {
      return folder() + "/index.html";
    }
  }

  /// All pairs; with many members, only each with the best and with the next better one.
  List<PairPage> pairPages() {
    List<PairPage> pages = new ArrayList<>();
    for (int lower = 1; lower < members.size(); lower++) {
      for (int higher = 0; higher < lower; higher++) {
        if (hasPage(lower, higher)) {
          pages.add(new PairPage(members.get(lower).slug(), members.get(higher).slug()));
        }
      }
    }
    return pages;
  }

  private boolean hasPage(int lower, int higher) {
    boolean wanted = members.size() <= MAX_ALL_PAIRS || higher == 0 || higher == lower - 1;
    return wanted && pair(lower, higher).n() > 0;
  }

  /// Score of each member minus the score of each better one.
  Pairwise pairwise() {
    List<PairRow> rows = new ArrayList<>();
    for (int lower = 1; lower < members.size(); lower++) {
      List<PairCell> cells = new ArrayList<>();
      for (int higher = 0; higher < members.size() - 1; higher++) {
        cells.add(higher < lower ? cell(lower, higher) : PairCell.NONE);
      }
      rows.add(new PairRow(name(lower), cells));
    }
    return new Pairwise(
        members.stream()
            .limit(Math.max(0, members.size() - 1))
            .map(e -> e.record().name())
            .toList(),
        rows);
  }

  private PairCell cell(int lower, int higher) {
    Difference d = difference(lower, higher);
    if (Double.isNaN(d.delta())) {
      return PairCell.NONE; // they share no question
    }
    return new PairCell(
        FORMAT.points(d.delta()),
        d.isKnown() ? FORMAT.interval(d.low(confidence()), d.high(confidence())) : "",
        "%s compared with %s".formatted(name(lower), name(higher)),
        hasPage(lower, higher)
            ? new PairPage(members.get(lower).slug(), members.get(higher).slug()).page()
            : "");
  }

  private String name(int place) {
    return members.get(place).record().name();
  }
}
