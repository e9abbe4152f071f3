package dev.refract.reports.html;

import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A static site from finished runs: a leaderboard, its methodology, pages for each run down to the
/// caption, and pairwise comparisons. It opens from `file://` and sends no requests to any server.
/// The same runs give the same bytes; files that they no longer need are removed.
public final class Site {

  private static final List<String> ASSETS = List.of("refract.css", "refract.js");

  private static final String LOADS_PAGE = "throughput.html";

  /// Incremented when the pages of an unchanged run would look different.
  static final int PAGES_VERSION = 6;

  private final Publication publication;
  private final Path folder;
  private final Pages pages = new Pages();
  private final SiteFiles files;
  private final RunPages runPages;
  private final ImageFiles pictures;

  /// A site that says everything about the machines of its runs.
  public Site(Path folder) {
    this(folder, Publication.withProvenance());
  }

  /// @param publication what its pages say about the machines of its runs
  public Site(Path folder, Publication publication) {
    this.publication = publication;
    this.folder = folder;
    this.files = new SiteFiles(folder);
    this.pictures = new ImageFiles(files);
    this.runPages = new RunPages(pages, files, pictures, publication);
  }

  /// @param runs finished, at least one
  /// @return the leaderboard
  public Path write(List<RunFile> runs) throws IOException {
    return write(runs, List.of());
  }

  /// @param published figures to show below the measured ones
  public Path write(List<RunFile> runs, List<Published> published) throws IOException {
    return board(runs, published, false);
  }

  /// @param loads whether the site has a page of loads
  private Path board(List<RunFile> runs, List<Published> published, boolean loads)
      throws IOException {
    assets();
    List<BoardView.Entry> entries = new ArrayList<>();
    Map<String, RunFile> bySlug = new HashMap<>();
    Map<String, String> digests = new HashMap<>();
    AcrossPages across = new AcrossPages(pages, files, pictures);
    Set<String> shown = new HashSet<>();
    for (RunFile run : runs) {
      RunRecord record = publication.of(run.record());
      Summary summary = run.summary();
      List<ItemResult> items = publication.items(run.items());
      String slug = slug(record.name(), bySlug.keySet());
      bySlug.put(slug, run);
      digests.put(slug, run.digest());
      BoardView.Entry entry = new BoardView.Entry(slug, record, summary, ScoredQuestion.of(items));
      entries.add(entry);
      if (runs.size() > 1) {
        across.add(entry, run, items, publication.captions(run.captions()));
      }
      shown.addAll(ImageFiles.shown(record, items));
      String stamp =
          "%d %s %s %s"
              .formatted(
                  PAGES_VERSION,
                  publication.stamp(),
                  digests.get(slug),
                  record.environment().harness());
      if (!files.isMade("runs/" + slug, stamp)) {
        runPages.write(slug, run, record, summary, items);
        files.made("runs/" + slug, stamp);
      }
    }
    List<RankingView> groups = RankingView.groups(entries);
    ComparisonPages comparisons =
        new ComparisonPages(pages, files, pictures, publication, bySlug, digests);
    for (RankingView group : groups) {
      comparisons.write(group);
    }
    BoardView board = BoardView.of(entries, groups, published, loads);
    for (BoardView.Group group : board.groups()) {
      List<BoardView.Entry> members = members(board, group, entries);
      String stamp =
          members.stream()
              .map(e -> e.slug() + " " + digests.get(e.slug()))
              .collect(
                  Collectors.joining(
                      " ", "%d %s ".formatted(PAGES_VERSION, publication.stamp()), ""));
      across.write(group.letter(), members, stamp);
    }
    files.sweep("runs");
    files.sweep("across");
    files.sweep("compare");
    pictures.sweep(shown);
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

  /// The runs of a group in the order of the board.
  private static List<BoardView.Entry> members(
      BoardView board, BoardView.Group group, List<BoardView.Entry> entries) {
    return board.rows().stream()
        .filter(row -> row.label().group().equals(group.letter()))
        .flatMap(row -> entries.stream().filter(e -> e.slug().equals(row.label().name())))
        .toList();
  }

  /// Writes the results of loads on servers as a separate page.
  ///
  /// @param runs finished; empty to write only that page
  /// @param loads at least one
  /// @return the leaderboard, or that page where there are no runs
  public Path write(List<RunFile> runs, List<Published> published, List<LoadReport> loads)
      throws IOException {
    assets();
    List<LoadReport> shown = loads.stream().map(publication::of).toList();
    files.write(LOADS_PAGE, pages.render("throughput", LoadView.of(shown, !runs.isEmpty())));
    return runs.isEmpty() ? folder.resolve(LOADS_PAGE) : board(runs, published, true);
  }

  /// What in a folder that is no site would be overwritten, or is a link; empty when the folder can
  /// become a site.
  public static Optional<Path> foreign(Path folder) throws IOException {
    return SiteFiles.foreign(folder);
  }

  private void assets() throws IOException {
    files.claim();
    for (String asset : ASSETS) {
      try (InputStream bytes = Site.class.getResourceAsStream("/assets/" + asset)) {
        files.write("assets/" + asset, Objects.requireNonNull(bytes, asset).readAllBytes());
      }
    }
  }

  /// A folder name for each run that cannot point outside the site and is unique where the case of
  /// letters does not count too, as on macOS and Windows.
  private static String slug(String name, Set<String> taken) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
    String slug = plain;
    for (int i = 2; taken.stream().anyMatch(slug::equalsIgnoreCase); i++) {
      slug = plain + "-" + i;
    }
    return slug;
  }
}
