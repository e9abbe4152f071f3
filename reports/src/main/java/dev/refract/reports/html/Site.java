package dev.refract.reports.html;

import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A static site from finished runs: a leaderboard, a page for each run, a page for each image of
/// each run. It opens from `file://` and asks nothing of any server. The same runs give the same
/// bytes.
public final class Site {

  private static final List<String> ASSETS = List.of("refract.css", "refract.js");

  private final Path folder;
  private final Pages pages = new Pages();
  private final Pictures pictures;

  public Site(Path folder) {
    this.folder = folder;
    this.pictures = new Pictures(folder.resolve("images"));
  }

  /// @param runs finished, at least one
  /// @return the leaderboard
  public Path write(List<RunFile> runs) throws IOException {
    return write(runs, List.of());
  }

  /// @param published figures to show beside them
  public Path write(List<RunFile> runs, List<Published> published) throws IOException {
    Files.createDirectories(folder.resolve("assets"));
    for (String asset : ASSETS) {
      try (InputStream bytes = Site.class.getResourceAsStream("/assets/" + asset)) {
        Files.copy(
            java.util.Objects.requireNonNull(bytes, asset),
            folder.resolve("assets").resolve(asset),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    List<BoardView.Entry> entries = new ArrayList<>();
    Set<String> slugs = new HashSet<>();
    for (RunFile run : runs) {
      RunRecord record = run.record();
      String slug = slug(record.name(), slugs);
      List<ItemResult> items = run.items();
      Map<String, CaptionRecord> captions = run.captions();
      entries.add(new BoardView.Entry(slug, record, run.summary()));
      writeRun(slug, run, record, items, captions);
    }
    Path index = folder.resolve("index.html");
    write(index, pages.render("board", BoardView.of(entries, published)));
    return index;
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

  private void writeRun(
      String slug,
      RunFile run,
      RunRecord record,
      List<ItemResult> items,
      Map<String, CaptionRecord> captions)
      throws IOException {
    Path target = Files.createDirectories(folder.resolve("runs").resolve(slug));
    Map<String, List<ItemResult>> byImage = new LinkedHashMap<>();
    items.forEach(item ->
        byImage
            .computeIfAbsent(item.dataset() + "\n" + item.cluster(), _ -> new ArrayList<>())
            .add(item));
    List<List<ItemResult>> images = List.copyOf(byImage.values());
    write(
        target.resolve("index.html"),
        pages.render("run", RunView.of(slug, record, run.summary(), images)));
    for (int i = 0; i < images.size(); i++) {
      ItemResult first = images.get(i).getFirst();
      List<ImageView.Shown> shown = new ArrayList<>();
      for (ItemResult.Image image : first.images()) {
        shown.add(pictures.show(run, display(record, first.dataset()), image.sha256()));
      }
      ImageView view = ImageView.of(slug, i, images.size(), shown, images.get(i), captions);
      write(target.resolve(ImageView.file(i)), pages.render("image", view));
    }
  }

  private static RunRecord.Display display(RunRecord record, String dataset) {
    return record.datasets().stream()
        .filter(d -> d.id().equals(dataset))
        .map(RunRecord.Dataset::display)
        .findFirst()
        .orElse(RunRecord.Display.HIDE);
  }

  private static void write(Path file, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
      Files.write(file, bytes);
    }
  }
}
