package dev.refract.reports.html;

import dev.refract.reports.compare.Standings;
import dev.refract.reports.html.BoardView.Entry;
import dev.refract.reports.html.BoardView.Link;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.RankIntervals.Ranks;
import java.util.ArrayList;
import java.util.List;

/// The runs of a board that are ranked with each other: captioners, no controls, on the same
/// questions by the same protocol as the best one.
///
/// @param members best first
/// @param standings of the members in that order
record League(List<Entry> members, Standings standings) {

  private static final double ALPHA = 0.05;
  private static final double LEVEL = 0.95;

  static League of(List<Entry> entries) {
    List<Entry> captioners =
        entries.stream()
            .filter(e -> !e.record().isControl() && e.summary().overall().planned() > 0)
            .sorted((a, b) -> Double.compare(b.accuracy(), a.accuracy()))
            .toList();
    List<Entry> members =
        captioners.isEmpty()
            ? List.of()
            : captioners.stream().filter(e -> alike(e, captioners.getFirst())).toList();
    return new League(
        members,
        Standings.of(
            members.stream()
                .map(e -> new Standings.Run(e.record().name(), e.accuracy(), e.questions()))
                .toList(),
            ALPHA,
            0));
  }

  private static boolean alike(Entry a, Entry b) {
    return a.record().protocol().equals(b.record().protocol()) && a.record().hasDataOf(b.record());
  }

  /// Such as `1–2`; a dash for a run that is not in the league, or alone in it.
  String ranks(Entry entry) {
    int place = members.indexOf(entry);
    if (place < 0 || members.size() < 2) {
      return "–";
    }
    Ranks ranks = standings.ranks().get(place);
    return ranks.best() == ranks.worst() ? "" + ranks.best() : ranks.best() + "–" + ranks.worst();
  }

  String best() {
    return members.isEmpty() ? "" : members.getFirst().record().name();
  }

  /// The others' differences to the best, in points.
  List<Plots.Bar> bars() {
    List<Plots.Bar> bars = new ArrayList<>();
    for (int i = 1; i < members.size(); i++) {
      Difference d = toBest(i);
      if (d.isKnown()) {
        bars.add(
            new Plots.Bar(
                members.get(i).record().name(),
                -100 * d.delta(),
                -100 * d.high(LEVEL),
                -100 * d.low(LEVEL)));
      }
    }
    return bars;
  }

  /// What the best scores more.
  private Difference toBest(int place) {
    int best = standings.order().getFirst();
    return standings.pairs().stream()
        .filter(p ->
            (p.lower() == place && p.higher() == best)
                || (p.lower() == best && p.higher() == place))
        .map(p -> p.higher() == best ? p.difference() : turned(p.difference()))
        .findFirst()
        .orElseThrow();
  }

  private static Difference turned(Difference d) {
    return new Difference(-d.delta(), d.standardError(), d.degrees());
  }

  /// A page for each of the others beside the best.
  List<Link> comparisons() {
    return members.stream()
        .skip(1)
        .map(e ->
            new Link(
                e.record().name() + " → " + best(), "compare/" + ComparisonView.file(e.slug())))
        .toList();
  }
}
