package dev.refract.reports.html;

import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Comparison;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A page for each pair of captioners to compare.
///
/// @param runs by slug
/// @param digests of the runs' results, by slug
record ComparisonPages(
    Pages pages,
    SiteFiles files,
    ImageFiles pictures,
    Publication publication,
    Map<String, RunFile> runs,
    Map<String, String> digests) {

  private static final int MAX_FLIPS_SHOWN = 50;
  private static final Comparer COMPARER =
      new Comparer(0.05, Comparer.USUAL.resamples(), 0, MAX_FLIPS_SHOWN);

  /// Writes the pages that have changed, and reads only the runs that these need; at most two runs
  /// are in memory at a time.
  void write(RankingView league) throws IOException {
    for (BoardView.Entry better : league.members()) {
      List<RankingView.PairPage> changed =
          league.pairPages().stream()
              .filter(pair -> pair.better().equals(better.slug()))
              .filter(pair -> !files.isMade(pair.folder(), stamp(pair)))
              .toList();
      if (!changed.isEmpty()) {
        RunFile file = run(better.slug());
        RunData best = publication.of(RunData.read(file));
        Map<String, String> links = links(better.slug(), best);
        for (RankingView.PairPage pair : changed) {
          write(pair, file, best, links);
        }
      }
    }
  }

  private void write(
      RankingView.PairPage pair, RunFile file, RunData best, Map<String, String> bestLinks)
      throws IOException {
    RunData run = publication.of(RunData.read(run(pair.worse())));
    // The column of the board's cell first, then its row, so that the sign is that of the cell.
    Comparison comparison = COMPARER.compare(best, List.of(run)).getFirst();
    files.write(
        pair.page(),
        pages.render(
            "compare",
            ComparisonView.of(
                comparison,
                bestLinks,
                links(pair.worse(), run),
                (dataset, image) -> picture(file, best, dataset, image))));
    files.made(pair.folder(), stamp(pair));
  }

  private String stamp(RankingView.PairPage pair) {
    return "%d %s %s %s"
        .formatted(
            Site.PAGES_VERSION,
            publication.stamp(),
            digests.get(pair.worse()),
            digests.get(pair.better()));
  }

  private RunFile run(String slug) {
    return Objects.requireNonNull(runs.get(slug), slug);
  }

  /// The picture as the run's own pages show it.
  private ComparisonView.Picture picture(
      RunFile file, RunData run, String dataset, ItemResult.Image image) {
    try {
      ImageView.Shown shown =
          pictures.show(file, RunPages.display(run.record(), dataset), image.sha256());
      return new ComparisonView.Picture(image.name(), shown.file(), shown.absence());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Links from a comparison page to each question of a run, by question key.
  private static Map<String, String> links(String slug, RunData run) {
    Map<String, String> links = new HashMap<>();
    RunPages.placed(run.items())
        .forEach(placed ->
            links.put(
                ScoredQuestion.key(placed.item()), "../../runs/" + slug + "/" + placed.link()));
    return links;
  }
}
