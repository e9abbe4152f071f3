package dev.refract.harness.dataset.read;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One row of a benchmark's file, whatever its format.
///
/// @param place file and line or row, for messages
/// @param number from 1
/// @param fields an object with the values by column, without image bytes
/// @param images images in order
public record Row(String place, long number, JsonNode fields, List<Cell> images) {

  /// An image as a row refers to it.
  public sealed interface Cell {

    /// @param name name given in the file, or null
    record Bytes(@Nullable String name, byte[] bytes) implements Cell {}

    /// A path in the dataset's image folder or archive.
    record Named(String path) implements Cell {}

    /// The image of the row with this id.
    record SameAs(String id) implements Cell {}
  }

  /// Receives rows one by one, in the order of the file.
  public interface Sink {

    void row(Row row) throws IOException;

    /// A row that cannot be read; reading continues.
    void bad(String place, String problem);

    /// A remark for the user about the file as a whole.
    void note(String text);
  }
}
