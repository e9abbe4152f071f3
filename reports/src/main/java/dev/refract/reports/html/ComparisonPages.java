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

/// A page for each two captioners that are held against each other.
///
/// @param runs by slug
/// @param digests of the runs' results, by slug
record ComparisonPages(
    Pages pages,
    SiteFiles files,
    Pictures pictures,
    Map<String, RunFile> runs,
    Map<String, String> digests) {

  private static final int FLIPS = 50;
  private static final Comparer COMPARER = new Comparer(0.05, Comparer.USUAL.resamples(), 0, FLIPS);

  /// Reads a run only for a page that would not stay the same; two at a time are in memory.
  void write(League league) throws IOException {
    for (BoardView.Entry better : league.members()) {
      List<League.Duel> changed =
          league.duels().stream()
              .filter(duel -> duel.better().equals(better.slug()))
              .filter(duel -> !files.isMade(duel.folder(), stamp(duel)))
              .toList();
      if (!changed.isEmpty()) {
        RunFile file = run(better.slug());
        RunData best = RunData.read(file);
        Map<String, String> links = links(better.slug(), best);
        for (League.Duel duel : changed) {
          write(duel, file, best, links);
        }
      }
    }
  }

  private void write(League.Duel duel, RunFile file, RunData best, Map<String, String> bestLinks)
      throws IOException {
    RunData run = RunData.read(run(duel.worse()));
    Comparison comparison = COMPARER.compare(run, List.of(best)).getFirst();
    files.write(
        duel.page(),
        pages.render(
            "compare",
            ComparisonView.of(
                comparison,
                links(duel.worse(), run),
                bestLinks,
                (dataset, image) -> picture(file, best, dataset, image))));
    files.made(duel.folder(), stamp(duel));
  }

  private String stamp(League.Duel duel) {
    return "%d %s %s".formatted(Site.LOOKS, digests.get(duel.worse()), digests.get(duel.better()));
  }

  private RunFile run(String slug) {
    return Objects.requireNonNull(runs.get(slug), slug);
  }

  /// As the run's own pages show it.
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

  /// Where each question of a run stands, from a page of comparisons.
  private static Map<String, String> links(String slug, RunData run) {
    Map<String, String> links = new HashMap<>();
    RunPages.placed(run.items())
        .forEach(placed ->
            links.put(
                ScoredQuestion.key(placed.item()), "../../runs/" + slug + "/" + placed.link()));
    return links;
  }
}
