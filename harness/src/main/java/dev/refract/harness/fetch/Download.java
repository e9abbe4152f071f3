package dev.refract.harness.fetch;

import dev.refract.harness.fetch.ByteRanges.Range;
import dev.refract.harness.net.Network;
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

/// Downloads files over HTTP: in parallel ranges if the server supports them, resumed after an
/// interruption, with the checksum computed during the download, and moved into place atomically.
///
/// Until a download is complete, `<name>.part` beside the target contains the bytes and
/// `<name>.ranges` records which of them have arrived. If two processes fetch the same file, the
/// second waits and finds it.
public final class Download implements AutoCloseable {

  private static final int MAX_CONNECTIONS = 8;
  private static final long CHUNK_BYTES = 8 << 20;

  private final Http http = new Http(MAX_CONNECTIONS, Network.of(System.getenv()));
  private final Retries retries;

  public Download() {
    this(Retries.PATIENT);
  }

  Download(Retries retries) {
    this.retries = retries;
  }

  /// A file to download.
  ///
  /// @param token for the host of the address, never sent to another host; or null
  /// @param size in bytes, or -1 when unknown
  /// @param checksum expected, or null when unknown
  /// @param name for messages
  public record Wanted(
      URI address, @Nullable String token, long size, @Nullable Checksum checksum, String name) {}

  /// Fetches a short text, such as a response of the hub's API.
  ApiPage text(URI address, @Nullable String token, String name)
      throws IOException, InterruptedException {
    ByteProgress notes = new ByteProgress(System.err, false, name); // only shows waits
    return new Transfer(http, retries, new Wanted(address, token, -1, null, name), notes).text();
  }

  /// @return the verified checksum, or the file's SHA-256 when none was given
  /// @throws FetchException when the download fails; the message gives reason and remedy, and the
  ///   bytes that have arrived are kept
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

  /// The checksum of the existing target file; empty if it must be fetched.
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
    // Bytes of different versions are never mixed: the expected checksum, or else the server's
    // name for the bytes, identifies the version.
    Transfer.Remote remote =
        wanted.size >= 0 && wanted.checksum != null
            ? new Transfer.Remote(wanted.size, "")
            : transfer.remote();
    long total = wanted.size >= 0 ? wanted.size : remote.bytes();
    String version = wanted.checksum == null ? remote.version() : wanted.checksum.toString();
    Checksum.Kind kind = wanted.checksum == null ? Checksum.Kind.SHA256 : wanted.checksum.kind();
    if (!Files.exists(part)) {
      Files.deleteIfExists(noted); // these ranges refer to deleted bytes
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
          "%s: the %d bytes from %s have checksum %s, expected %s; they were deleted"
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
        // The server does not support ranges: fetch the whole file.
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
