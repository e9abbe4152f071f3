package dev.refract.reports.html;

import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Comparison;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A static site from finished runs: a leaderboard, how it was made, pages for each run down to the
/// caption, and each captioner beside the best. It opens from `file://` and asks nothing of any
/// server. The same runs give the same bytes.
public final class Site {

  private static final List<String> ASSETS = List.of("refract.css", "refract.js");
  private static final int FLIPS = 50;

  /// What a run's pages were made from; where it is still so, they are not made again.
  private static final String STAMP = "stamp.txt";

  /// Raised when pages of the same run would look different.
  private static final int LOOKS = 2;

  private final Path folder;
  private final Pages pages = new Pages();
  private final SiteFiles files;
  private final RunPages runPages;
  private final Pictures pictures;

  public Site(Path folder) {
    this.folder = folder;
    this.files = new SiteFiles(folder);
    this.pictures = new Pictures(folder.resolve("images"));
    this.runPages = new RunPages(pages, files, pictures);
  }

  /// @param runs finished, at least one
  /// @return the leaderboard
  public Path write(List<RunFile> runs) throws IOException {
    return write(runs, List.of());
  }

  /// @param published figures to show beside them
  public Path write(List<RunFile> runs, List<Published> published) throws IOException {
    for (String asset : ASSETS) {
      try (InputStream bytes = Site.class.getResourceAsStream("/assets/" + asset)) {
        files.write("assets/" + asset, Objects.requireNonNull(bytes, asset).readAllBytes());
      }
    }
    List<BoardView.Entry> entries = new ArrayList<>();
    Map<String, RunFile> bySlug = new HashMap<>();
    Set<String> slugs = new HashSet<>();
    for (RunFile run : runs) {
      RunRecord record = run.record();
      Summary summary = run.summary();
      List<ItemResult> items = run.items();
      String slug = slug(record.name(), slugs);
      bySlug.put(slug, run);
      entries.add(new BoardView.Entry(slug, record, summary, ScoredQuestion.of(items)));
      String stamp = "%d %s %s\n".formatted(LOOKS, run.digest(), record.environment().harness());
      Path stamped = folder.resolve("runs").resolve(slug).resolve(STAMP);
      if (!Files.exists(stamped) || !Files.readString(stamped).equals(stamp)) {
        runPages.write(slug, run, record, summary, items);
        files.write("runs/" + slug + "/" + STAMP, stamp);
      }
    }
    League league = League.of(entries);
    comparisons(league, bySlug);
    BoardView board = BoardView.of(entries, league, published);
    files.write("board.csv", BoardFiles.csv(board));
    files.write("board.json", BoardFiles.json(board));
    files.write(
        "methodology.html",
        pages.render(
            "methodology",
            MethodologyView.of(entries.stream().map(BoardView.Entry::record).toList())));
    files.write("index.html", pages.render("board", board));
    return folder.resolve("index.html");
  }

  /// Each captioner beside the best.
  private void comparisons(League league, Map<String, RunFile> runs) throws IOException {
    if (league.members().size() < 2) {
      return;
    }
    String bestSlug = league.members().getFirst().slug();
    RunFile bestFile = Objects.requireNonNull(runs.get(bestSlug));
    RunData best = RunData.read(bestFile);
    Map<String, String> bestLinks = links(bestSlug, best);
    Comparer comparer = new Comparer(0.05, Comparer.USUAL.resamples(), 0, FLIPS);
    for (BoardView.Entry other : league.members().subList(1, league.members().size())) {
      RunData run = RunData.read(Objects.requireNonNull(runs.get(other.slug())));
      Comparison comparison = comparer.compare(run, List.of(best)).getFirst();
      files.write(
          "compare/" + ComparisonView.file(other.slug()),
          pages.render(
              "compare",
              ComparisonView.of(
                  comparison,
                  links(other.slug(), run),
                  bestLinks,
                  (dataset, image) -> picture(bestFile, best.record(), dataset, image))));
    }
  }

  /// As the run's own pages show it.
  private ComparisonView.Picture picture(
      RunFile run, RunRecord record, String dataset, ItemResult.Image image) {
    try {
      ImageView.Shown shown = pictures.show(run, RunPages.display(record, dataset), image.sha256());
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
            links.put(ScoredQuestion.key(placed.item()), "../runs/" + slug + "/" + placed.link()));
    return links;
  }

  /// A folder name of its own for each run, which cannot lead out of the site.
  private static String slug(String name, Set<String> taken) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
    String slug = plain;
    for (int i = 2; !taken.add(slug); i++) {
      slug = plain + "-" + i;
    }
    return slug;
  }
}
