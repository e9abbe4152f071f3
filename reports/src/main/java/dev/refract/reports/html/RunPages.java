package dev.refract.reports.html;

import dev.refract.reports.caption.GoldInCaption;
import dev.refract.reports.html.part.CaptionRateView;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The pages of one run: its scores, lists of all questions, and its images with every question and
/// its scores.
record RunPages(Pages pages, SiteFiles files, ImageFiles pictures, Publication publication) {

  private static final int IMAGES_PER_PAGE = 10;
  private static final int QUESTIONS_PER_PAGE = 500;
  private static final long MAX_PAGE_BYTES = 1_500_000;

  /// A question and its place on the pages.
  ///
  /// @param link relative to the run's folder
  /// @param gold whether a caption of one of its trials has the gold
  record PageRef(ItemResult item, String link, GoldInCaption gold) {}

  void write(String slug, RunFile run, RunRecord record, Summary summary, List<ItemResult> items)
      throws IOException {
    Map<String, CaptionRecord> captions = publication.captions(run.captions());
    List<List<List<ItemResult>>> chunks = chunks(byImage(items));
    List<PageRef> placed = placedIn(chunks, captions);
    String folder = "runs/" + slug + "/";
    int lists = (placed.size() + QUESTIONS_PER_PAGE - 1) / QUESTIONS_PER_PAGE;
    files.write(
        folder + "index.html",
        pages.render(
            "run",
            RunView.of(
                slug,
                record,
                summary,
                CaptionRateView.of(RunView.describes(record) ? captions.values() : List.of()),
                TelemetryView.of(run, publication),
                placed,
                lists)));
    for (int list = 0; list < lists; list++) {
      List<PageRef> rows =
          placed.subList(
              list * QUESTIONS_PER_PAGE, Math.min(placed.size(), (list + 1) * QUESTIONS_PER_PAGE));
      files.write(
          folder + RunView.list(list),
          pages.render("questions", QuestionsView.of(slug, list, lists, rows)));
    }
    IntStream.range(0, chunks.size())
        .parallel()
        .forEach(page -> image(folder, slug, run, record, captions, chunks, page));
  }

  /// Every question with its place on the pages.
  static List<PageRef> placed(List<ItemResult> items) {
    return placedIn(chunks(byImage(items)), Map.of());
  }

  private static List<PageRef> placedIn(
      List<List<List<ItemResult>>> chunks, Map<String, CaptionRecord> captions) {
    List<PageRef> placed = new ArrayList<>();
    for (int page = 0; page < chunks.size(); page++) {
      int anchor = 0;
      for (List<ItemResult> image : chunks.get(page)) {
        for (ItemResult item : image) {
          placed.add(
              new PageRef(item, ImageView.file(page) + "#q" + ++anchor, gold(item, captions)));
        }
      }
    }
    return placed;
  }

  private static GoldInCaption gold(ItemResult item, Map<String, CaptionRecord> captions) {
    List<String> texts =
        item.trials().stream()
            .flatMap(trial -> trial.captions().stream())
            .distinct()
            .map(captions::get)
            .filter(Objects::nonNull)
            .map(CaptionRecord::text)
            .filter(Objects::nonNull)
            .toList();
    return GoldInCaption.of(item.choices(), item.golds(), texts);
  }

  private void image(
      String folder,
      String slug,
      RunFile run,
      RunRecord record,
      Map<String, CaptionRecord> captions,
      List<List<List<ItemResult>>> chunks,
      int page) {
    try {
      List<ImageView.ImageSection> sections = new ArrayList<>();
      int anchor = 0;
      for (List<ItemResult> items : chunks.get(page)) {
        List<ImageView.Shown> shown = new ArrayList<>();
        for (ItemResult.Image image : items.getFirst().images()) {
          shown.add(
              pictures.show(run, display(record, items.getFirst().dataset()), image.sha256()));
        }
        sections.add(ImageView.section(shown, items, captions, anchor));
        anchor += items.size();
      }
      ImageView view = ImageView.of(slug, page, chunks.size(), sections);
      files.write(folder + ImageView.file(page), pages.render("image", view));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<ItemResult>> byImage(List<ItemResult> items) {
    Map<String, List<ItemResult>> byImage = new LinkedHashMap<>();
    items.forEach(item ->
        byImage
            .computeIfAbsent(item.dataset() + "\n" + item.cluster(), _ -> new ArrayList<>())
            .add(item));
    return List.copyOf(byImage.values());
  }

  /// Splits images into pages: a few on each, fewer where their texts are long.
  private static List<List<List<ItemResult>>> chunks(List<List<ItemResult>> images) {
    List<List<List<ItemResult>>> chunks = new ArrayList<>();
    List<List<ItemResult>> chunk = new ArrayList<>();
    long size = 0;
    for (List<ItemResult> image : images) {
      long own = size(image);
      if (chunk.size() == IMAGES_PER_PAGE || (!chunk.isEmpty() && size + own > MAX_PAGE_BYTES)) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        size = 0;
      }
      chunk.add(image);
      size += own;
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  private static long size(List<ItemResult> image) {
    return image.stream()
        .flatMap(item -> item.trials().stream())
        .mapToLong(trial ->
            1_000L
                + (trial.prompt() == null ? 0 : trial.prompt().length())
                + (trial.reply() == null ? 0 : trial.reply().length()))
        .sum();
  }

  static RunRecord.Display display(RunRecord record, String dataset) {
    return record.datasets().stream()
        .filter(d -> d.id().equals(dataset))
        .map(RunRecord.Dataset::display)
        .findFirst()
        .orElse(RunRecord.Display.HIDE);
  }
}
