package dev.refract.reports.html;

import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.html.AcrossView.Cell;
import dev.refract.reports.html.AcrossView.Column;
import dev.refract.reports.html.AcrossView.ImageRow;
import dev.refract.reports.html.AcrossView.Picture;
import dev.refract.reports.html.AcrossView.QuestionRow;
import dev.refract.reports.html.BoardView.Entry;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The pages that show one image with the captions and answers of all runs of a group. Of each run
/// they keep only what they show.
final class AcrossPages {

  private static final int IMAGES_PER_PAGE = 10;
  private static final int MAX_CAPTION_CHARS = 3_000;
  private static final int MAX_TEXT_CHARS = 300;

  private final Pages pages;
  private final SiteFiles files;
  private final ImageFiles pictures;
  private final Map<String, Kept> runs = new HashMap<>();

  AcrossPages(Pages pages, SiteFiles files, ImageFiles pictures) {
    this.pages = pages;
    this.files = files;
    this.pictures = pictures;
  }

  /// What is kept of a run.
  ///
  /// @param images names, pictures and questions, by the image's key
  /// @param captions by the image's key
  /// @param answers by the question's key
  private record Kept(
      Map<String, Image> images, Map<String, String> captions, Map<String, Cell> answers) {}

  private record Image(String name, List<Picture> pictures, List<Asked> questions) {}

  private record Asked(String key, String question, String gold) {}

  /// Remembers a run.
  ///
  /// @param captions as they may be published
  void add(Entry entry, RunFile run, List<ItemResult> items, Map<String, CaptionRecord> captions)
      throws IOException {
    Kept kept = new Kept(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
    for (RunPages.PageRef placed : RunPages.placed(items)) {
      ItemResult item = placed.item();
      String key = item.dataset() + "\n" + item.cluster();
      Image image = kept.images.get(key);
      if (image == null) {
        image = new Image(item.imageNames(), shown(entry, run, item), new ArrayList<>());
        kept.images.put(key, image);
        kept.captions.put(key, caption(item, captions));
      }
      String question = ScoredQuestion.key(item);
      image.questions.add(
          new Asked(
              question, cut(item.question(), MAX_TEXT_CHARS), String.join(" | ", item.golds())));
      kept.answers.put(
          question,
          new Cell(
              cut(item.representative().outcome().shown(), MAX_TEXT_CHARS),
              RunView.word(item),
              "../../runs/" + entry.slug() + "/" + placed.link()));
    }
    runs.put(entry.slug(), kept);
  }

  private List<Picture> shown(Entry entry, RunFile run, ItemResult item) throws IOException {
    List<Picture> shown = new ArrayList<>();
    for (ItemResult.Image image : item.images()) {
      ImageView.Shown picture =
          pictures.show(run, RunPages.display(entry.record(), item.dataset()), image.sha256());
      shown.add(new Picture(image.name(), picture.file(), picture.absence()));
    }
    return shown;
  }

  private static String caption(ItemResult item, Map<String, CaptionRecord> captions) {
    String text =
        item.trials().stream().findFirst().map(Trial::captions).orElse(List.of()).stream()
            .map(captions::get)
            .filter(Objects::nonNull)
            .map(CaptionRecord::text)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("\n\n"));
    return cut(text, MAX_CAPTION_CHARS);
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }

  /// The folder of a group's pages.
  static String folder(String letter) {
    return "across/" + (letter.isEmpty() ? "all" : letter);
  }

  static String file(int page) {
    return ImageView.file(page);
  }

  /// @param members of the group, as in the board; at least two have pages
  void write(String letter, List<Entry> members, String stamp) throws IOException {
    String folder = folder(letter);
    if (members.size() < 2 || files.isMade(folder, stamp)) {
      return;
    }
    Map<String, Image> all = new LinkedHashMap<>();
    for (Entry member : members) {
      Objects.requireNonNull(runs.get(member.slug())).images.forEach(all::putIfAbsent);
    }
    List<Map.Entry<String, Image>> images = List.copyOf(all.entrySet());
    int count = (images.size() + IMAGES_PER_PAGE - 1) / IMAGES_PER_PAGE;
    IntStream.range(0, count)
        .parallel()
        .forEach(page -> {
          List<ImageRow> rows =
              images
                  .subList(
                      page * IMAGES_PER_PAGE, Math.min(images.size(), (page + 1) * IMAGES_PER_PAGE))
                  .stream()
                  .map(image -> row(image.getKey(), image.getValue(), members))
                  .toList();
          AcrossView view =
              new AcrossView(
                  letter,
                  page == 0 ? null : file(page - 1),
                  page == count - 1 ? null : file(page + 1),
                  page + 1,
                  count,
                  rows);
          try {
            files.write(folder + "/" + file(page), pages.render("across", view));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    files.made(folder, stamp);
  }

  private ImageRow row(String key, Image image, List<Entry> members) {
    List<Column> columns = new ArrayList<>();
    for (Entry member : members) {
      columns.add(
          new Column(
              member.record().name(),
              "../../runs/" + member.slug() + "/index.html",
              kept(member).captions.getOrDefault(key, "")));
    }
    List<QuestionRow> questions =
        image.questions.stream()
            .map(asked ->
                new QuestionRow(
                    asked.question,
                    asked.gold,
                    members.stream()
                        .map(member -> kept(member).answers.getOrDefault(asked.key, Cell.NONE))
                        .toList()))
            .toList();
    return new ImageRow(image.name, image.pictures, columns, questions);
  }

  private Kept kept(Entry member) {
    return Objects.requireNonNull(runs.get(member.slug()));
  }
}
