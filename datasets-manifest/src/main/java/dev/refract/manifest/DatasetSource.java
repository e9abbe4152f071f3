package dev.refract.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One place where a benchmark is available, and how to read its rows. Exactly one of `hub`, `url`
/// and `local` is given.
///
/// @param imageArchive a zip file in the same place with the images that rows name, or null
/// @param columns how a row becomes questions; missing names default to the format's usual ones
public record DatasetSource(
    @Nullable Hub hub,
    @Nullable Url url,
    @Nullable Local local,
    Format format,
    @Nullable String imageArchive,
    @Nullable Columns columns) {

  public DatasetSource {
    DatasetManifest.needed("format", format);
    if (Stream.of(hub, url, local).filter(place -> place != null).count() != 1) {
      throw new IllegalArgumentException(
          "a source: expected exactly one of 'hub', 'url' and 'local'");
    }
    columns = (columns == null ? Columns.NONE : columns).or(format.usual());
    if (columns.image().images() == null
        || columns.image().images().isEmpty()
        || columns.asked().question() == null) {
      throw new IllegalArgumentException(
          "'columns': format %s needs 'images', 'question' and 'answers'".formatted(format));
    }
  }

  /// Where the bytes are.
  public sealed interface Place {

    /// A short name for `--source`.
    String kind();

    /// The location, for display.
    String words();
  }

  public Place place() {
    if (hub != null) {
      return hub;
    }
    return url != null ? url : DatasetManifest.needed("local", local);
  }

  /// Files of a dataset repository on the Hugging Face hub.
  ///
  /// @param revision a branch, tag or commit; a branch is resolved to its commit when fetched
  /// @param files paths; `*` matches any characters except `/`
  public record Hub(String repository, @Nullable String revision, List<String> files)
      implements Place {

    public Hub {
      if (!DatasetManifest.needed("repository", repository).matches("[\\w.-]+/[\\w.-]+")) {
        throw new IllegalArgumentException(
            "'repository': expected owner/name, found '" + repository + "'");
      }
      if (DatasetManifest.needed("files", files).isEmpty()) {
        throw new IllegalArgumentException("'files': expected at least one");
      }
      if (revision != null
          && (!revision.matches("[\\w.-]+(/[\\w.-]+)*") || revision.contains(".."))) {
        throw new IllegalArgumentException(
            "'revision': expected a branch, tag or commit, found '" + revision + "'");
      }
      files = List.copyOf(files);
    }

    @Override
    public String kind() {
      return "hub";
    }

    @Override
    public String words() {
      return repository + " " + String.join(" ", files);
    }

    public String revisionOrMain() {
      return revision == null ? "main" : revision;
    }
  }

  /// One file at an address.
  public record Url(String address, @Nullable String md5, @Nullable String sha256)
      implements Place {

    public Url {
      if (!DatasetManifest.needed("address", address).matches("https?://[^\\s/]+/\\S*")) {
        throw new IllegalArgumentException(
            "'address': expected http:// or https://, found '" + address + "'");
      }
      try {
        URI uri = new URI(address);
        if (uri.getRawUserInfo() != null) {
          throw new IllegalArgumentException("'address': expected one without a user or password");
        }
      } catch (URISyntaxException _) {
        throw new IllegalArgumentException(
            "'address': expected an address, found '" + address + "'");
      }
      if (fileName(address).matches("\\.{0,2}")) {
        throw new IllegalArgumentException(
            "'address': expected a file name at its end, found '" + address + "'");
      }
      hex("md5", md5, 32);
      hex("sha256", sha256, 64);
    }

    private static void hex(String key, @Nullable String value, int length) {
      if (value != null && !value.matches("[0-9a-f]{" + length + "}")) {
        throw new IllegalArgumentException(
            "'%s': expected %d lower-case hexadecimal digits, found '%s'"
                .formatted(key, length, value));
      }
    }

    @Override
    public String kind() {
      return "url";
    }

    @Override
    public String words() {
      return address;
    }

    /// The last part of the address.
    public String fileName() {
      return fileName(address);
    }

    private static String fileName(String address) {
      return address.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
    }
  }

  /// Files on this machine.
  ///
  /// @param files paths relative to the manifest, or absolute
  /// @param imageRoot folder to which image paths are relative; the first file's folder when not
  ///   given
  public record Local(List<String> files, @Nullable String imageRoot) implements Place {

    public Local {
      if (DatasetManifest.needed("files", files).isEmpty()) {
        throw new IllegalArgumentException("'files': expected at least one");
      }
      files = List.copyOf(files);
    }

    @Override
    public String kind() {
      return "local";
    }

    @Override
    public String words() {
      return String.join(" ", files);
    }
  }

  /// The format of a file's rows.
  public enum Format {
    PARQUET(Columns.NONE),
    /// VLMEvalKit's format: images in base64, or the index of the row with the image.
    TSV(Columns.table("index", null)),
    /// Images are paths; options are in the columns A, B, C ...
    CSV(Columns.table(null, "group")),
    JSONL(Columns.INTERCHANGE),
    /// A list of objects: the whole file or its field `data`.
    JSON(Columns.NONE),
    /// CapRL's evaluation files: a JSON list or JSON Lines of `image`, `prompt` in Qwen's template,
    /// `answer`.
    CAPRL(Columns.of(null, "image", "prompt", "answer"));

    private final Columns usual;

    Format(Columns usual) {
      this.usual = usual;
    }

    /// The usual column names in this format.
    public Columns usual() {
      return usual;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
