package dev.refract.reports.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The one way JSON of a run is written and read: snake case, nulls written, unknown and missing
/// fields refused.
public final class RunJson {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .annotationIntrospector(new NullsAsDeclared())
          .build();

  /// A record or a summary of a run has some kilobytes.
  private static final long MAX_BYTES = 256L << 20;

  private RunJson() {}

  /// JSON on one line, without a line feed.
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  public static String pretty(Object value) {
    return MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
        + "\n";
  }

  public static <T> T read(Path file, Class<T> type) {
    try {
      T value = MAPPER.readValue(bytes(file), type);
      if (value == null) {
        throw new RunFormatException(file, 1, "expected an object, found null");
      }
      return value;
    } catch (JacksonException e) {
      throw new RunFormatException(
          file, line(e), "not a " + type.getSimpleName() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /// Replaces a file atomically: a reader gets the old or the new content, never a mixture.
  public static void replace(Path file, String content) throws IOException {
    Path half = half(file);
    try (OutputStream out = fresh(half)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The temporary file of this process beside a file that is to be replaced.
  static Path half(Path file) {
    return file.resolveSibling(
        "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
  }

  /// A new file to write to; what an earlier process left there is removed, and no link is
  /// followed.
  static OutputStream fresh(Path half) throws IOException {
    Files.deleteIfExists(half);
    return Files.newOutputStream(half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  static RuntimeException unreadable(Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? new RunFormatException(file, "missing; repeat the run's command to create it again")
        : new RunFormatException(file, "cannot be read: " + e.getMessage());
  }

  private static byte[] bytes(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new RunFormatException(file, "larger than " + MAX_BYTES + " bytes; it is damaged");
    }
    return Files.readAllBytes(file);
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }
}
