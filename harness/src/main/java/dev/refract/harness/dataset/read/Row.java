package dev.refract.harness.dataset.read;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One row of a benchmark's file, whatever its format.
///
/// @param place file and line or row, for messages
/// @param number from 1
/// @param fields by column, an object; without the images' bytes
/// @param images in order
public record Row(String place, long number, JsonNode fields, List<Cell> images) {

  /// How a row gives an image.
  public sealed interface Cell {

    /// @param name as the file tells it, or null
    record Bytes(@Nullable String name, byte[] bytes) implements Cell {}

    /// A path below the dataset's folder of images.
    record Named(String path) implements Cell {}

    /// The image of the row with this id.
    record SameAs(String id) implements Cell {}
  }

  /// Where rows go, one by one, in the order of the file.
  public interface Sink {

    void row(Row row) throws IOException;

    /// A row that cannot be read; reading goes on.
    void bad(String place, String problem);

    /// What a user should know of the file as a whole.
    void note(String text);
  }
}
