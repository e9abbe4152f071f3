package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.Columns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// CapRL's evaluation files: a JSON list or JSON Lines of `image`, `prompt`, `answer`. The image is
/// a path, or a chat message that contains one. The prompt is Qwen's raw template; its user turn
/// becomes the question. A template of another shape is kept in the attribute `raw_prompt`.
record CapRlRows() implements RowReader {

  private static final String START = "<|im_start|>user\n";
  private static final String PICTURE = "<|vision_start|><|image_pad|><|vision_end|>";
  private static final String END = "<|im_end|>\n<|im_start|>assistant\n";
  private static final Pattern TURN =
      Pattern.compile(
          Pattern.quote(START)
              + "(?:"
              + Pattern.quote(PICTURE)
              + "\\n?)+(.*?)(?:<\\|im_end\\|>|\\z)",
          Pattern.DOTALL);

  @Override
  public void read(Path file, Columns columns, Row.Sink sink) throws IOException {
    JsonRows.Each each = new JsonRows.Handing(sink, CapRlRows::row);
    if (isList(file)) {
      JsonRows.list(file, each);
    } else {
      JsonRows.lines(file, each);
    }
  }

  private static boolean isList(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      int c = in.read();
      while (c == 0xef || c == 0xbb || c == 0xbf || Character.isWhitespace(c)) {
        c = in.read();
      }
      if (c < 0) {
        throw new DatasetException(file + ": the file is empty");
      }
      return c == '[';
    }
  }

  private static Row row(String place, long number, JsonNode node) throws BadRowException {
    Fields fields = new Fields(node);
    String prompt = fields.text("prompt");
    Matcher turn = TURN.matcher(prompt);
    if (!turn.find() || turn.group(1).isBlank()) {
      throw new BadRowException(
          "field 'prompt': expected Qwen's template with an image before the question, found "
              + fields.found("prompt"));
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
    copy.put("prompt", turn.group(1));
    if (!prompt.equals(START + PICTURE + turn.group(1) + END)) {
      copy.put("raw_prompt", prompt);
    }
    List<Row.Cell> images = ImageText.cells(node.path("image"), null);
    if (images.isEmpty()) {
      throw new BadRowException(
          "field 'image': expected a path or a chat message with one, found "
              + fields.found("image"));
    }
    return new Row(place, number, copy, images);
  }
}
