package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Sample;
import dev.refract.manifest.Columns;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How to read a dataset's files.
///
/// @param parts files in order
/// @param root folder or archive of the images that rows name
/// @param vault store for embedded images, or null when embedded images are not allowed
/// @param category category of images whose rows name none
/// @param metric metric of questions whose rows name none, or null when each row must name one
/// @param gold whether rows must have an answer
/// @param descriptions ground-truth descriptions by image name
public record Reading(
    List<Part> parts,
    ImageRoot root,
    @Nullable ImageStore vault,
    String category,
    @Nullable MetricName metric,
    boolean gold,
    Map<String, String> descriptions) {

  private static final List<String> COMPARING_TEXTS =
      List.of("exact_match", "anls", "contains", "vqa_score");

  /// @param idPrefix prefix of the question ids
  /// @param group group of questions whose rows name none, or null
  public record Part(
      Path file, Format format, Columns columns, String idPrefix, @Nullable String group) {}

  /// The samples and problems found.
  ///
  /// @param rows number of rows, good and bad
  public record Result(List<Sample> samples, List<BadRow> bad, List<String> notes, long rows) {}

  /// @throws DatasetException when a file as a whole is invalid
  public Result read() {
    SampleBuilder builder = new SampleBuilder(root, vault, category);
    Counter counter = new Counter(builder);
    for (Part part : parts) {
      Columns columns = gold ? part.columns : part.columns.withoutAnswers();
      builder.mapper(new QuestionMapper(columns, metric, gold, part.idPrefix, part.group));
      try {
        RowReader.of(part.format).read(part.file, columns, counter);
      } catch (java.nio.file.NoSuchFileException _) {
        throw new DatasetException(part.file + ": no such file");
      } catch (IOException e) {
        throw new DatasetException(part.file + ": cannot be read: " + e);
      }
    }
    try {
      List<Sample> samples = builder.samples(descriptions);
      List<String> notes = new ArrayList<>(builder.notes());
      wholeFloats(samples, parts.getFirst().columns).ifPresent(notes::add);
      return new Result(samples, builder.bad(), notes, counter.rows);
    } catch (IOException e) {
      throw new DatasetException("cannot be read: " + e);
    }
  }

  /// A note on golds such as 2010.0. They are usually whole numbers of a column that an empty cell
  /// turned into floating point, and metrics that compare texts find them different from 2010.
  private static Optional<String> wholeFloats(List<Sample> samples, Columns columns) {
    List<String> golds =
        samples.stream()
            .flatMap(sample -> sample.questions().stream())
            .filter(question -> COMPARING_TEXTS.contains(question.metric()))
            .flatMap(question -> question.golds().stream())
            .filter(gold -> gold.matches("-?\\d+\\.0"))
            .toList();
    return golds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("column '%s': %d answers are whole numbers written with .0, such as %s; their metric"
                    + " compares texts,"
                    + " so %s is not the same. If an empty cell turned the column into floating"
                    + " point, write whole numbers")
                .formatted(
                    columns.asked().answers(),
                    golds.size(),
                    golds.getFirst(),
                    golds.getFirst().replace(".0", "")));
  }

  private static final class Counter implements Row.Sink {

    private final Row.Sink next;
    private long rows;

    Counter(Row.Sink next) {
      this.next = next;
    }

    @Override
    public void row(Row row) throws IOException {
      rows++;
      next.row(row);
    }

    @Override
    public void bad(String place, String problem) {
      rows++;
      next.bad(place, problem);
    }

    @Override
    public void note(String text) {
      next.note(text);
    }
  }
}
