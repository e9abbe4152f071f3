package dev.refract.harness.caption;

import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.ModelServer;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ModelIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Captions that exist already, from JSON Lines of `caption` and the image that it describes: its
/// `sha256`, or its path or id as `image`, `image_id`, `image_path` or `id`. A path matches by its
/// end, as long as it names one image of the run.
public final class FileCaptioner implements Captioner {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> KEYS =
      List.of("image", "image_id", "image_path", "path", "file", "id");
  private static final int MAX_QUOTED_CHARS = 60;

  /// A line's caption; null when the line has none.
  private record Entry(int line, @Nullable String caption) {}

  /// The line of an image, or why it has none.
  ///
  /// @param byEnd whether only the end of a path agrees
  private record Match(@Nullable Entry entry, boolean byEnd, String problem) {

    static final Match NONE = new Match(null, false, "");
  }

  private final Path file;
  private final ModelIdentity identity;
  private final Map<String, Entry> byName = new HashMap<>();

  private final Map<String, Entry> bySha256 = new HashMap<>();

  /// Names of the images that will be asked for, by their digests.
  private final Map<String, String> expected = new LinkedHashMap<>();

  private @Nullable Map<String, Match> matched;

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
  public synchronized Caption caption(InputImage image) throws RequestException {
    if (matched == null) {
      expected.putIfAbsent(image.identity(), normal(image.name()));
      matched = matches();
    }
    Match match = matched.getOrDefault(image.identity(), Match.NONE);
    Entry entry = match.entry;
    if (entry == null) {
      throw new RequestException(
          FailureKind.MISSING,
          "%s has no caption of '%s' (sha256 %s)%s"
              .formatted(
                  file,
                  shortened(image.name()),
                  image.identity(),
                  match.problem.isEmpty() ? "" : ": " + match.problem));
    } else if (entry.caption == null) {
      throw new RequestException(
          FailureKind.MISSING, file + ":" + entry.line + ": the caption is null");
    }
    return Caption.of(entry.caption);
  }

  /// Records that an image of this name will be asked for. Which line belongs to which image is
  /// decided once all are known: a line that names two images belongs to neither.
  @Override
  public void expect(String name, String sha256) {
    expected.put(sha256, normal(name));
  }

  /// The lines of the expected images, by their digests.
  private Map<String, Match> matches() {
    Map<String, Match> found = new HashMap<>();
    Map<Entry, List<String>> exact = new HashMap<>();
    Map<Entry, List<String>> byEnd = new HashMap<>();
    expected.forEach((digest, name) -> {
      Match match = match(digest, name);
      found.put(digest, match);
      if (match.entry != null) {
        (match.byEnd ? byEnd : exact)
            .computeIfAbsent(match.entry, _ -> new ArrayList<>())
            .add(digest);
      }
    });
    byEnd.forEach((entry, digests) -> {
      boolean taken = exact.containsKey(entry);
      for (String digest : digests) {
        if (taken || digests.size() > 1) {
          found.put(digest, taken ? Match.NONE : ambiguous(entry, digests));
        }
      }
    });
    exact.forEach((entry, digests) -> {
      if (digests.size() > 1) {
        digests.forEach(digest -> found.put(digest, ambiguous(entry, digests)));
      }
    });
    return found;
  }

  private Match ambiguous(Entry entry, List<String> digests) {
    return new Match(
        null,
        false,
        "line %d names two images, %s and %s"
            .formatted(entry.line, expected.get(digests.get(0)), expected.get(digests.get(1))));
  }

  /// A line by the digest, by the whole name, or by the end of one of the two names.
  private Match match(String digest, String name) {
    Entry entry = bySha256.get(digest);
    if (entry == null) {
      entry = byName.get(name);
    }
    if (entry != null) {
      return new Match(entry, false, "");
    }
    for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
      entry = byName.get(name.substring(at + 1));
      if (entry != null) {
        return new Match(entry, true, "");
      }
    }
    List<Entry> longer =
        byName.entrySet().stream()
            .filter(each -> each.getKey().endsWith("/" + name))
            .map(Map.Entry::getValue)
            .sorted(Comparator.comparingInt(Entry::line))
            .toList();
    if (longer.size() > 1) {
      return new Match(
          null,
          false,
          "lines %d and %d both end with it".formatted(longer.get(0).line, longer.get(1).line));
    }
    return longer.isEmpty() ? Match.NONE : new Match(longer.getFirst(), true, "");
  }
}
