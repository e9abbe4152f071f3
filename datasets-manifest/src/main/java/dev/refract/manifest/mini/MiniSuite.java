package dev.refract.manifest.mini;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import tools.jackson.databind.json.JsonMapper;

/// Draws the bundled mini suite: 20 charts, 20 documents and 20 infographics, four questions each.
///
/// The data are generated from a seed, so the questions and descriptions are the same on every
/// machine. The pixels depend on the installed fonts; therefore the images are committed, and a
/// test compares only the texts. Run it with the target folder as its argument.
public final class MiniSuite {

  private static final long SEED = 20_260_101;
  private static final int IMAGES_PER_CATEGORY = 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MiniSuite() {}

  static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: MiniSuite FOLDER");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    Path images = Files.createDirectories(folder.resolve("images"));
    for (Figure figure : figures()) {
      Ink ink = new Ink(figure.width(), figure.height());
      figure.drawing().on(ink);
      ImageIO.write(ink.canvas(), "png", images.resolve(figure.id() + ".png").toFile());
    }
    Files.writeString(folder.resolve("questions.jsonl"), questions());
    Files.writeString(folder.resolve("descriptions.jsonl"), descriptions());
  }

  /// The content of `questions.jsonl`: one JSON object per line, in the order of the images.
  public static String questions() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Figure figure : figures()) {
      for (int i = 0; i < figure.tasks().size(); i++) {
        Figure.Task task = figure.tasks().get(i);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("question_id", figure.id() + "-q" + (i + 1));
        row.put("image", "images/" + figure.id() + ".png");
        row.put("category", figure.category());
        row.put("group", task.group());
        row.put("question", task.question());
        if (!task.choices().isEmpty()) {
          row.put("choices", task.choices());
        }
        row.put("answers", task.answers());
        row.put("metric", task.metric());
        rows.add(row);
      }
    }
    return lines(rows);
  }

  /// The content of `descriptions.jsonl`: what each image shows, in words.
  public static String descriptions() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Figure figure : figures()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("image", "images/" + figure.id() + ".png");
      row.put("description", figure.description());
      rows.add(row);
    }
    return lines(rows);
  }

  /// The texts that are written in each image, by its file's name: the truth for a reader of text.
  public static Map<String, List<String>> texts() {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Figure figure : figures()) {
      Ink ink = new Ink(figure.width(), figure.height());
      figure.drawing().on(ink);
      texts.put(figure.id() + ".png", ink.texts());
    }
    return texts;
  }

  /// Kinds alternate, so that a third of the first n images is of each kind.
  private static List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (int i = 0; i < IMAGES_PER_CATEGORY; i++) {
      figures.add(Charts.draw("chart-%02d".formatted(i + 1), i, new Words(SEED + i)));
      figures.add(Documents.draw("document-%02d".formatted(i + 1), i, new Words(SEED + 100 + i)));
      figures.add(
          Infographics.draw("infographic-%02d".formatted(i + 1), i, new Words(SEED + 200 + i)));
    }
    return figures;
  }

  private static String lines(List<Map<String, Object>> rows) {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> row : rows) {
      text.append(JSON.writeValueAsString(row)).append('\n');
    }
    return text.toString();
  }
}
