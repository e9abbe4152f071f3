package dev.refract.harness.fetch;

import dev.refract.harness.fetch.ByteRanges.Range;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files over HTTP: in parallel ranges where the server gives ranges, resumed after any end, its
/// checksum computed while it comes, moved into place in one step.
///
/// Beside the target lie `<name>.part` with the bytes and `<name>.ranges` with which of them have
/// come, until it is whole. Of two processes that want one file the second waits and finds it.
public final class Download implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 8;
  private static final long CHUNK_BYTES = 8 << 20;

  private final Http http = new Http(MAX_CONNECTIONS);
  private final Retries retries;

  public Download() {
    this(Retries.PATIENT);
  }

  Download(Retries retries) {
    this.retries = retries;
  }

  /// What is wanted.
  ///
  /// @param token of the address's host, never sent to another; or null
  /// @param size in bytes, or -1 when only the server knows
  /// @param checksum what it must be, or null when nobody has said
  /// @param name for people
  public record Wanted(
      URI address, @Nullable String token, long size, @Nullable Checksum checksum, String name) {}

  /// A short text, such as an answer of the hub's API.
  ApiPage text(URI address, @Nullable String token, String name)
      throws IOException, InterruptedException {
    ByteProgress notes = new ByteProgress(System.err, false, name); // of which only waits are told
    return new Transfer(http, retries, new Wanted(address, token, -1, null, name), notes).text();
  }

  /// @return the checksum that was verified, or of the file's SHA-256 when none was given
  /// @throws FetchException when it cannot be had, with why and what to do; what has come is kept
  public Checksum fetch(Wanted wanted, Path target, ByteProgress progress)
      throws IOException, InterruptedException {
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    Path lockFile = folder.resolve("." + target.getFileName() + ".lock");
    try (FileChannel lock =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      Optional<Checksum> here = inPlace(wanted, target);
      if (here.isPresent()) {
        return here.get();
      }
      Checksum found = load(wanted, target, progress);
      Files.deleteIfExists(lockFile);
      return found;
    }
  }

  /// What lies there already, if it is what is wanted; else it is fetched anew.
  private static Optional<Checksum> inPlace(Wanted wanted, Path target) throws IOException {
    if (!Files.isRegularFile(target)) {
      return Optional.empty();
    }
    Checksum expected = wanted.checksum;
    Checksum.Kind kind = expected == null ? Checksum.Kind.SHA256 : expected.kind();
    Checksum found = kind.of(target);
    return expected == null || found.equals(expected) ? Optional.of(found) : Optional.empty();
  }

  private Checksum load(Wanted wanted, Path target, ByteProgress progress)
      throws IOException, InterruptedException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    Path noted = target.resolveSibling(target.getFileName() + ".ranges");
    Transfer transfer = new Transfer(http, retries, wanted, progress);
    // Bytes of one version are never joined with those of another: they are known by their
    // checksum,
    // or by what the server calls them.
    Transfer.Remote remote =
        wanted.size >= 0 && wanted.checksum != null
            ? new Transfer.Remote(wanted.size, "")
            : transfer.remote();
    long total = wanted.size >= 0 ? wanted.size : remote.bytes();
    String version = wanted.checksum == null ? remote.version() : wanted.checksum.toString();
    Checksum.Kind kind = wanted.checksum == null ? Checksum.Kind.SHA256 : wanted.checksum.kind();
    if (!Files.exists(part)) {
      Files.deleteIfExists(noted); // notes of bytes that are gone
    }
    Checksum found;
    try (FileChannel bytes =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (total < 0) {
        total = transfer.whole(bytes, -1);
        found = kind.of(part);
      } else {
        progress.total(total);
        found = ranges(transfer, bytes, noted, total, version, kind, progress);
      }
    }
    if (wanted.checksum != null && !found.equals(wanted.checksum)) {
      Files.delete(part);
      Files.deleteIfExists(noted);
      throw new FetchException(
          "%s: the %d bytes that came from %s are %s, expected %s; they were thrown away"
              .formatted(wanted.name, total, wanted.address, found, wanted.checksum));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(noted);
    return found;
  }

  private static Checksum ranges(
      Transfer transfer,
      FileChannel bytes,
      Path noted,
      long total,
      String version,
      Checksum.Kind kind,
      ByteProgress progress)
      throws IOException, InterruptedException {
    try (ByteRanges have = ByteRanges.open(noted, total, version);
        StreamingDigest digest = new StreamingDigest(bytes, have, total, kind)) {
      progress.had(have.bytes());
      List<Range> missing = new ArrayList<>(have.missing(CHUNK_BYTES));
      if (!missing.isEmpty() && !transfer.pieces(bytes, have, missing, MAX_CONNECTIONS)) {
        // The server gives no ranges: from the start, in one go.
        progress.restart();
        transfer.whole(bytes, total);
        have.add(new Range(0, total));
        digest.restart();
      }
      return digest.finish();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
