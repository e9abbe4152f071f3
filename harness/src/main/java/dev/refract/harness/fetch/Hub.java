package dev.refract.harness.fetch;

import dev.refract.harness.fetch.Download.Wanted;
import dev.refract.harness.text.Secrets;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.ModelManifest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The Hugging Face hub, or a mirror at `HF_ENDPOINT`: fetches repository files into the cache that
/// the hub's Python library uses.
public final class Hub {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long MAX_FILE_BYTES = 1L << 42;
  private static final int MAX_NAME_CHARS = 120;
  private static final int MAX_QUOTED_CHARS = 200;

  /// Of a thousand files each.
  private static final int MAX_PAGES = 2_000;

  private final Download download;
  private final String endpoint;
  private final @Nullable String token;
  private final HubCache cache;
  private final Kind kind;

  /// What a repository holds; the hub keeps datasets and models apart.
  enum Kind {
    DATASETS("datasets/"),
    MODELS("");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param environment where `HF_ENDPOINT`, `HF_TOKEN` and `HF_HOME` are looked up
  public Hub(Download download, Map<String, String> environment) {
    this.download = download;
    this.endpoint = endpoint(environment);
    this.cache = HubCache.of(environment);
    String own = given(environment, "HF_TOKEN", "");
    this.token = own.isEmpty() ? cache.savedToken() : own;
    this.kind = Kind.DATASETS;
  }

  private Hub(Hub datasets, Kind kind) {
    this.download = datasets.download;
    this.endpoint = datasets.endpoint;
    this.token = datasets.token;
    this.cache = datasets.cache.of(kind);
    this.kind = kind;
  }

  /// The same hub, for repositories of models instead of datasets.
  public Hub models() {
    return new Hub(this, Kind.MODELS);
  }

  private static String endpoint(Map<String, String> environment) {
    String given =
        given(environment, "HF_ENDPOINT", "https://huggingface.co").replaceFirst("/+$", "");
    try {
      URI uri = new URI(given);
      if (given.contains("@") || uri.getRawQuery() != null) {
        // The message does not repeat the address: it may contain a secret.
        throw new ManifestException(
            "HF_ENDPOINT: expected an address without user, password or query; put a token into"
                + " HF_TOKEN");
      }
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return given;
      }
    } catch (URISyntaxException _) {
      // reported below
    }
    throw new ManifestException(
        "HF_ENDPOINT: expected an address such as https://huggingface.co, found '"
            + Secrets.masked(given)
            + "'");
  }

  /// A file of a repository.
  ///
  /// @param size in bytes
  /// @param checksum SHA-256 for large files, Git's object name for small ones
  public record HubFile(String path, long size, Checksum checksum) {}

  /// The commit that a branch or tag points to now; for a commit, the commit itself.
  ///
  /// @throws FetchException when the hub does not report it
  public String commit(String repository, String revision)
      throws IOException, InterruptedException {
    if (revision.matches("[0-9a-f]{40}")) {
      return revision;
    } else if (!Stream.of(revision.split("/", -1)).allMatch(Hub::isName)) {
      throw new FetchException(
          "%s: '%s' is no name of a branch, a tag or a commit"
              .formatted(repository, shortened(revision)));
    }
    URI address =
        URI.create(
            "%s/api/%s/%s/revision/%s"
                .formatted(endpoint, kind.id(), repository, encoded(revision)));
    String commit = json(address, repository).path("sha").asString("");
    if (!commit.matches("[0-9a-f]{40}")) {
      throw new FetchException(
          "%s: expected the commit in 'sha', found '%s'".formatted(address, shortened(commit)));
    }
    return commit;
  }

  /// The files of a commit.
  public List<HubFile> files(String repository, String commit)
      throws IOException, InterruptedException {
    List<HubFile> files = new ArrayList<>();
    URI next =
        URI.create(
            "%s/api/%s/%s/tree/%s?recursive=true"
                .formatted(endpoint, kind.id(), repository, commit));
    Set<String> seen = new HashSet<>();
    for (int pages = 0; next != null; pages++) {
      ApiPage page = download.text(next, token, repository);
      JsonNode entries = parsed(next, page.text());
      if (!entries.isArray()) {
        throw new FetchException(next + ": expected a list of files, found " + quoted(entries));
      }
      URI following = page.next();
      if (pages == MAX_PAGES || entries.isEmpty() && following != null) {
        throw new FetchException(
            "%s: its list of files never ends: %d pages with %d files, and another page"
                .formatted(next, pages + 1, files.size()));
      }
      for (JsonNode entry : entries) {
        if (entry.path("type").asString("").equals("file")) {
          HubFile file = file(next, entry);
          if (!seen.add(file.path())) {
            throw new FetchException(
                "%s: lists the file '%s' twice".formatted(next, shortened(file.path())));
          }
          files.add(file);
        }
      }
      next = following == null ? null : here(following);
    }
    return files;
  }

  /// The path of the file in the cache, which is fetched and verified if missing.
  ///
  /// @param revision as given by the user; the cache records that it points to the commit
  public Path fetch(
      String repository, String revision, String commit, HubFile file, ByteProgress progress)
      throws IOException, InterruptedException {
    Path snapshot = cache.snapshot(repository, commit, file.path());
    if (Files.exists(snapshot)
        && Files.size(snapshot) == file.size()
        && file.checksum().matches(snapshot)) {
      progress.had(file.size());
      return snapshot;
    }
    Path blob = cache.blob(repository, file.checksum().hex());
    URI address =
        URI.create(
            "%s/%s%s/resolve/%s/%s"
                .formatted(endpoint, kind.prefix, repository, commit, encoded(file.path())));
    download.fetch(
        new Wanted(address, token, file.size(), file.checksum(), repository + "/" + file.path()),
        blob,
        progress);
    cache.link(snapshot, blob);
    cache.note(repository, revision, commit);
    return snapshot;
  }

  /// A file of a model's repository.
  public Wanted model(ModelManifest.HubFile file, long size, Checksum checksum) {
    URI address =
        URI.create(
            "%s/%s/resolve/%s/%s"
                .formatted(
                    endpoint, file.repository(), encoded(file.revision()), encoded(file.path())));
    return new Wanted(address, token, size, checksum, file.repository() + "/" + file.path());
  }

  private HubFile file(URI address, JsonNode entry) throws FetchException {
    String path = entry.path("path").asString("");
    JsonNode large = entry.path("lfs");
    String oid = entry.path("oid").asString("");
    String sha256 = large.path("oid").asString("").replaceFirst("^sha256:", "");
    Checksum checksum =
        sha256.isEmpty() ? new Checksum(Checksum.Kind.GIT_BLOB, oid) : Checksum.sha256(sha256);
    long size = entry.path("size").asLong(-1);
    boolean plain = Stream.of(path.split("/", -1)).allMatch(Hub::isName) && !path.contains("\\");
    if (!plain || size < 0 || size > MAX_FILE_BYTES || !checksum.hex().matches("[0-9a-f]{40,64}")) {
      throw new FetchException(
          "%s: expected path, size and checksum of a file, found %s"
              .formatted(address, quoted(entry)));
    }
    return new HubFile(path, size, checksum);
  }

  /// Whether a path segment is safe as a file name.
  private static boolean isName(String name) {
    return !name.matches("\\.{0,2}")
        && name.length() <= MAX_NAME_CHARS
        && name.chars().allMatch(c -> c >= ' ' && !Character.isSurrogate((char) c));
  }

  private static String quoted(JsonNode node) {
    return shortened(node.toString());
  }

  private static String shortened(String text) {
    return text.length() > MAX_QUOTED_CHARS ? text.substring(0, MAX_QUOTED_CHARS) + "..." : text;
  }

  /// The same page at the configured endpoint: a mirror may return addresses of the hub itself.
  private URI here(URI page) {
    String origin = endpoint.replaceFirst("(?<=[^/:])/.*", "");
    String query = page.getRawQuery() == null ? "" : "?" + page.getRawQuery();
    return URI.create(origin + page.getRawPath() + query);
  }

  private JsonNode json(URI address, String name) throws IOException, InterruptedException {
    return parsed(address, download.text(address, token, name).text());
  }

  private static JsonNode parsed(URI address, String text) throws FetchException {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new FetchException(address + ": not JSON: " + e.getOriginalMessage());
    }
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
  }

  static String given(Map<String, String> environment, String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }
}
