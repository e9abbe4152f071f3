package dev.refract.harness.dataset;

import dev.refract.harness.dataset.DatasetJson.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The original release of ChartQA (Masry et al. 2022): `png/`, and `test_human.json`,
/// `test_augmented.json` or both, each a list of `{"imgname", "query", "label"}`.
public record ChartQaJsonReader() implements DatasetReader {

  private static final List<String> HALVES = List.of("human", "augmented");

  @Override
  public String layout() {
    return "ChartQA";
  }

  @Override
  public String expected() {
    return "png/ with test_human.json or test_augmented.json";
  }

  @Override
  public boolean recognises(Path folder) {
    return Files.isDirectory(folder.resolve("png"))
        && HALVES.stream().anyMatch(half -> Files.isRegularFile(file(folder, half)));
  }

  @Override
  public List<Sample> read(Path folder) {
    ImageRows rows = new ImageRows(folder);
    for (String half : HALVES) {
      if (Files.isRegularFile(file(folder, half))) {
        int number = 0;
        for (Entry entry : DatasetJson.array(file(folder, half), "")) {
          number++;
          Question question =
              new Question(
                  half + "-" + number,
                  half,
                  entry.text("query"),
                  List.of(),
                  entry.texts("label"),
                  "relaxed_accuracy");
          rows.add(entry.place(), "png/" + entry.text("imgname"), "chart", question);
        }
      }
    }
    return rows.samples(Map.of());
  }

  private static Path file(Path folder, String half) {
    return folder.resolve("test_" + half + ".json");
  }
}
