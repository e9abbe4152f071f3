package dev.refract.harness.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Digests a file during its download, up to the first gap: its own thread follows the downloaded
/// front and reads bytes that are still in the page cache.
final class StreamingDigest implements AutoCloseable {

  private static final long POLL_MILLIS = 20;

  private final FileChannel bytes;
  private final ByteRanges have;
  private final long total;
  private final Checksum.Kind kind;
  private MessageDigest digest;
  private long at;
  private volatile boolean stopped;
  private volatile @Nullable IOException problem;
  private final Thread follower;

  StreamingDigest(FileChannel bytes, ByteRanges have, long total, Checksum.Kind kind) {
    this.bytes = bytes;
    this.have = have;
    this.total = total;
    this.kind = kind;
    this.digest = kind.digest(total);
    this.follower = Thread.ofPlatform().daemon().name("digest").start(this::follow);
  }

  private void follow() {
    try {
      ByteBuffer block = ByteBuffer.allocate(1 << 20);
      while (!stopped && at < total) {
        long front = have.front();
        if (at == front) {
          Thread.sleep(POLL_MILLIS);
        }
        while (!stopped && at < front) {
          digest(block, front);
        }
      }
    } catch (InterruptedException _) {
      // stopped
    } catch (IOException e) {
      problem = e;
    }
  }

  private void digest(ByteBuffer block, long until) throws IOException {
    block.clear().limit((int) Math.min(block.capacity(), until - at));
    int n = bytes.read(block, at);
    if (n < 0) {
      throw new IOException("the file became shorter while being read");
    }
    digest.update(block.flip());
    at += n;
  }

  /// Starts over after all bytes have been replaced.
  void restart() throws IOException, InterruptedException {
    close();
    digest = kind.digest(total);
    at = 0;
  }

  /// Stops the thread, digests the rest, and returns the checksum of the whole file.
  Checksum finish() throws IOException, InterruptedException {
    if (!stopped) {
      follower.join();
    }
    IOException e = problem;
    if (e != null) {
      throw e;
    }
    ByteBuffer block = ByteBuffer.allocate(1 << 20);
    while (at < total) {
      digest(block, total);
    }
    return new Checksum(kind, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    follower.join();
  }
}
