package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.read.Row.Cell;
import dev.refract.manifest.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups rows into samples: one sample has all questions about the same images, in the order in
/// which the images first appear. Unusable rows are collected separately, with the reason.
public final class SampleBuilder implements Row.Sink {

  private final ImageRoot root;
  private final @Nullable ImageStore vault;
  private final String category;
  private final Map<List<Object>, Draft> drafts = new LinkedHashMap<>();
  private final Map<String, ImageFile> imageOfRow = new HashMap<>();

  /// Rows that refer to the image of another row, which may come later.
  private final List<Read> waiting = new ArrayList<>();

  private final Set<String> ids = new HashSet<>();
  private final List<BadRow> bad = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private @Nullable QuestionMapper mapper;

  /// @param vault store for embedded images, or null when embedded images are not allowed
  /// @param category category of images whose rows name none
  public SampleBuilder(ImageRoot root, @Nullable ImageStore vault, String category) {
    this.root = root;
    this.vault = vault;
    this.category = category;
  }

  private record Draft(
      List<ImageFile> images,
      String category,
      @Nullable String description,
      List<Question> questions) {}

  /// A row with its questions.
  private record Read(Row row, Columns columns, List<Question> questions) {}

  /// Sets the mapper for the following rows.
  void mapper(QuestionMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void row(Row row) throws IOException {
    QuestionMapper how = java.util.Objects.requireNonNull(mapper);
    try {
      List<Question> questions = how.questions(row);
      if (questions.isEmpty()) {
        return; // the row does not belong to the benchmark
      }
      boolean later =
          row.images().stream()
              .anyMatch(
                  cell -> cell instanceof Cell.SameAs same && !imageOfRow.containsKey(same.id()));
      Read read = new Read(row, how.columns(), questions);
      if (later) {
        waiting.add(read);
      } else {
        add(read);
      }
    } catch (BadRowException e) {
      bad(row.place(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void bad(String place, String problem) {
    bad.add(new BadRow(place, problem));
  }

  @Override
  public void note(String text) {
    notes.add(text);
  }

  private List<ImageFile> images(Row row, Columns columns) throws BadRowException, IOException {
    List<ImageFile> images = new ArrayList<>();
    for (Cell cell : row.images()) {
      images.add(
          switch (cell) {
            case Cell.Bytes bytes ->
                kept(nameOf(row, columns, bytes, images.size()), bytes.bytes());
            case Cell.Named named -> named(named.path());
            case Cell.SameAs same -> {
              ImageFile image = imageOfRow.get(same.id());
              if (image == null) {
                throw new BadRowException(
                    "image: expected base64 or the id of a row with an image, found '%s'"
                        .formatted(same.id()));
              }
              yield image;
            }
          });
    }
    if (images.isEmpty()) {
      throw new BadRowException("the row has no image");
    }
    return images;
  }

  private ImageFile named(String path) throws BadRowException, IOException {
    return switch (root) {
      case ImageRoot.Folder folder -> {
        var file = folder.file(path);
        yield new ImageFile(folder.name(file), file, null);
      }
      case ImageRoot.Archive archive -> kept(path, archive.bytes(path));
    };
  }

  private ImageFile kept(String name, byte[] bytes) throws BadRowException, IOException {
    if (vault == null) {
      throw new BadRowException("image: expected a path, found bytes");
    }
    return vault.keep(name, bytes);
  }

  private static String nameOf(Row row, Columns columns, Cell.Bytes bytes, int index)
      throws BadRowException {
    if (bytes.name() != null) {
      return bytes.name();
    }
    String id =
        new Fields(row.fields()).optional(columns.id()).orElse(String.valueOf(row.number()));
    return row.images().size() == 1 ? id : id + "-" + (index + 1);
  }

  private void add(Read read) throws BadRowException, IOException {
    Columns columns = read.columns;
    Fields fields = new Fields(read.row.fields());
    List<ImageFile> images = images(read.row, columns);
    for (Question question : read.questions) {
      if (!ids.add(question.id())) {
        throw new BadRowException("question id '" + question.id() + "' appears twice");
      }
    }
    if (images.size() == 1) {
      fields.optional(columns.id()).ifPresent(id -> imageOfRow.put(id, images.getFirst()));
    }
    Draft fresh =
        new Draft(
            images,
            fields.optional(columns.category()).orElse(category),
            fields.optional(columns.description()).orElse(null),
            new ArrayList<>());
    List<Object> key = new ArrayList<>();
    images.forEach(image -> key.add(image.sha256() == null ? image.file() : image.sha256()));
    drafts.computeIfAbsent(key, _ -> fresh).questions.addAll(read.questions);
  }

  /// @param descriptions image descriptions by image name; may be empty
  List<Sample> samples(Map<String, String> descriptions) throws IOException {
    for (Read later : waiting) {
      try {
        add(later);
      } catch (BadRowException e) {
        bad(later.row.place(), String.valueOf(e.getMessage()));
      }
    }
    waiting.clear();
    List<Sample> samples = new ArrayList<>();
    for (Draft draft : drafts.values()) {
      String stored = descriptions.get(draft.images.getFirst().name());
      samples.add(
          new Sample(
              draft.images,
              draft.category,
              stored == null ? draft.description : stored,
              draft.questions));
    }
    return samples;
  }

  List<BadRow> bad() {
    return bad;
  }

  List<String> notes() {
    return notes;
  }
}
