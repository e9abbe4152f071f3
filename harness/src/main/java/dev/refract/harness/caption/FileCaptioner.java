package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.model.Sha256;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Captions that exist already, from JSON Lines of `caption` and the image that it describes: its
/// `sha256`, or its path or id as `image`, `image_id`, `image_path` or `id`. A path matches by its
/// end, as long as it names one image.
public final class FileCaptioner implements Captioner {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> KEYS =
      List.of("image", "image_id", "image_path", "path", "file", "id");
  private static final int MAX_QUOTED_CHARS = 60;

  /// A line's caption; null when the line has none.
  private record Entry(int line, @Nullable String caption) {}

  private final Path file;
  private final ModelIdentity identity;
  private final Map<String, Entry> byName = new HashMap<>();

  /// Entries by the last part of a path; empty where several have the same.
  private final Map<String, Optional<Entry>> byEnd = new HashMap<>();

  private final Map<String, Entry> bySha256 = new HashMap<>();

  /// @throws ManifestException when the file cannot be read; the message names file and line
  public FileCaptioner(Path file) {
    this.file = file;
    byte[] bytes = bytes(file);
    identity = new ModelIdentity.Written(file.getFileName().toString(), Sha256.of(bytes));
    int number = 0;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      for (String line : text.split("\n", -1)) {
        number++;
        if (!line.isBlank()) {
          add(number, JSON.readTree(line.startsWith("\ufeff") ? line.substring(1) : line));
        }
      }
    } catch (CharacterCodingException _) {
      throw new ManifestException(file + ": not UTF-8");
    } catch (JacksonException e) {
      throw new ManifestException(file + ":" + number + ": not JSON: " + e.getOriginalMessage());
    }
    if (byName.isEmpty() && bySha256.isEmpty()) {
      throw new ManifestException(file + ": contains no captions");
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      throw new ManifestException(file + ": no such file");
    } catch (IOException e) {
      throw new ManifestException(file + ": cannot be read: " + e);
    }
  }

  private void add(int number, JsonNode line) {
    JsonNode caption = line.path("caption");
    if (!line.isObject() || !caption.isString() && !caption.isNull()) {
      throw wrong(number, "caption", "a text or null", caption);
    }
    Entry entry =
        new Entry(number, caption.isNull() ? null : Thoughts.of(caption.asString()).said());
    JsonNode sha256 = line.path("sha256");
    if (sha256.isString()) {
      String digest =
          sha256.asString().replaceFirst("^sha256:", "").toLowerCase(java.util.Locale.ROOT);
      if (!digest.matches("[0-9a-f]{64}")) {
        throw wrong(number, "sha256", "64 hexadecimal digits", sha256);
      }
      unique(number, digest, bySha256.put(digest, entry));
      return;
    }
    String key = KEYS.stream().filter(line::hasNonNull).findFirst().orElse("");
    if (key.isEmpty() || !line.path(key).isValueNode()) {
      throw wrong(
          number, "image", "the path, the id or the sha256 of an image", line.path("image"));
    }
    String name = normal(line.path(key).asString());
    unique(number, name, byName.put(name, entry));
    byEnd.merge(end(name), Optional.of(entry), (_, _) -> Optional.empty());
  }

  private void unique(int number, String name, @Nullable Entry before) {
    if (before != null) {
      throw new ManifestException(
          "%s:%d: image '%s' has a caption in line %d already"
              .formatted(file, number, shortened(name), before.line));
    }
  }

  private ManifestException wrong(int number, String field, String expected, JsonNode found) {
    return new ManifestException(
        "%s:%d: field '%s': expected %s, found %s"
            .formatted(
                file,
                number,
                field,
                expected,
                found.isMissingNode() ? "nothing" : shortened(found.toString())));
  }

  private static String shortened(String text) {
    return text.length() > MAX_QUOTED_CHARS ? text.substring(0, MAX_QUOTED_CHARS) + "..." : text;
  }

  private static String normal(String name) {
    return name.replace('\\', '/').replaceFirst("^(?:\\./|/)+", "");
  }

  private static String end(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  @Override
  public ModelIdentity describes() {
    return identity;
  }

  @Override
  public boolean varies() {
    return false;
  }

  @Override
  public boolean takesPrompt() {
    return false;
  }

  @Override
  public ModelServer server() {
    return ModelServer.NONE;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Caption caption(InputImage image) throws RequestException {
    Entry entry = find(image);
    if (entry == null) {
      throw new RequestException(
          FailureKind.MISSING,
          "%s has no caption of '%s' (sha256 %s)"
              .formatted(file, shortened(image.name()), image.identity()));
    } else if (entry.caption == null) {
      throw new RequestException(
          FailureKind.MISSING, file + ":" + entry.line + ": the caption is null");
    }
    return Caption.of(entry.caption);
  }

  private @Nullable Entry find(InputImage image) {
    Entry exact = bySha256.get(image.identity());
    String name = normal(image.name());
    if (exact == null) {
      exact = byName.get(name);
    }
    return exact == null ? byEnd.getOrDefault(end(name), Optional.empty()).orElse(null) : exact;
  }
}
