package dev.refract.harness.fetch;

import dev.refract.harness.fetch.ByteRanges.Range;
import dev.refract.harness.fetch.Download.Wanted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Transfers the bytes of one download from the server to a file.
final class Transfer {

  private static final int BLOCK_BYTES = 1 << 18;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  private static final Pattern NEXT_LINK = Pattern.compile("<([^<>]+)>\\s*;\\s*rel=\"?next\"?");

  /// An attempt that transfers fewer bytes counts as failed.
  private static final long MIN_PROGRESS_BYTES = 1 << 16;

  /// Of a page with a thousand files the hub sends some hundred kilobytes.
  private static final int MAX_PAGE_BYTES = 8 << 20;

  private static final int MAX_LINK_CHARS = 8_192;

  private final Http http;
  private final Retries retries;
  private final Wanted wanted;
  private final ByteProgress progress;

  Transfer(Http http, Retries retries, Wanted wanted, ByteProgress progress) {
    this.http = http;
    this.retries = retries;
    this.wanted = wanted;
    this.progress = progress;
  }

  /// The server sends the whole file for a range request.
  private static final class NoRanges extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /// A request that is retried until it succeeds or is given up.
  @FunctionalInterface
  private interface Step {
    /// @return number of bytes that arrived
    long go() throws IOException;
  }

  /// The size and version of the file on the server.
  ///
  /// @param bytes the size, or -1 when unknown
  /// @param version the server's own name for these bytes, or empty
  record Remote(long bytes, String version) {}

  Remote remote() throws IOException, InterruptedException {
    String[] version = {""};
    long[] size = {-1};
    retrying(() -> {
      try (Reply reply = ask(new Range(0, 1))) {
        Matcher range = CONTENT_RANGE.matcher(reply.header("Content-Range"));
        version[0] = version(reply);
        if (reply.code() == 206 && range.matches() && !range.group(3).equals("*")) {
          size[0] = Long.parseLong(range.group(3));
        } else if (reply.code() == 200) {
          size[0] = reply.length();
        } else if (reply.code() == 416) {
          size[0] = 0; // the file is empty
        }
        return MIN_PROGRESS_BYTES;
      }
    });
    return new Remote(size[0], version[0]);
  }

  private static String version(Reply reply) {
    String tag = reply.header("ETag");
    return tag.isEmpty() ? reply.header("Last-Modified") : tag;
  }

  /// Fetches a short text, such as a response of the hub's API.
  ApiPage text() throws IOException, InterruptedException {
    ApiPage[] page = {new ApiPage("", null)};
    retrying(() -> {
      try (Reply reply = ask(null)) {
        byte[] bytes = page(reply.body());
        Matcher next = NEXT_LINK.matcher(reply.header("Link"));
        page[0] =
            new ApiPage(
                new String(bytes, StandardCharsets.UTF_8),
                next.find() ? next(next.group(1)) : null);
        return MIN_PROGRESS_BYTES;
      }
    });
    return page[0];
  }

  /// The whole answer, which must be short and must not take long.
  private byte[] page(InputStream body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    LeastRate.Measured rate = LeastRate.USUAL.measured();
    byte[] block = new byte[1 << 16];
    for (int n = body.read(block); n >= 0; n = body.read(block)) {
      whole.write(block, 0, n);
      if (whole.size() > MAX_PAGE_BYTES) {
        throw new FetchException(
            "%s: the answer is longer than %d MB"
                .formatted(wanted.address(), MAX_PAGE_BYTES >> 20));
      } else if (rate.isTooSlow(n)) {
        throw tooSlow(whole.size());
      }
    }
    return whole.toByteArray();
  }

  private static Cut tooSlow(long at) {
    return new Cut(at, "the server sends too slowly (%s)".formatted(LeastRate.USUAL.words()));
  }

  private URI next(String link) throws FetchException {
    if (link.length() > MAX_LINK_CHARS) {
      throw new FetchException(
          "%s: the address of the next page has %d characters"
              .formatted(wanted.address(), link.length()));
    }
    try {
      return wanted.address().resolve(link);
    } catch (IllegalArgumentException _) {
      throw new FetchException(wanted.address() + ": invalid next page '" + link + "'");
    }
  }

  /// Fetches ranges over several connections.
  ///
  /// @return false when the server does not support ranges
  boolean pieces(FileChannel file, ByteRanges have, List<Range> missing, int connections)
      throws IOException, InterruptedException {
    BlockingQueue<Range> queue = new LinkedBlockingQueue<>(missing);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Math.min(connections, missing.size()); i++) {
        running.add(
            workers.submit(() -> {
              for (Range next = queue.poll(); next != null; next = queue.poll()) {
                piece(file, have, next);
              }
              return null;
            }));
      }
      try {
        for (Future<?> worker : running) {
          worker.get();
        }
        return true;
      } catch (ExecutionException e) {
        queue.clear();
        workers.shutdownNow();
        switch (e.getCause()) {
          case NoRanges _ -> {
            return false;
          }
          case IOException problem -> throw problem;
          case InterruptedException problem -> throw problem;
          case null, default -> throw new IllegalStateException(e.getCause());
        }
      }
    }
  }

  private void piece(FileChannel file, ByteRanges have, Range range)
      throws IOException, InterruptedException {
    long[] at = {range.from()};
    while (at[0] < range.to()) {
      retrying(() -> {
        long before = at[0];
        Range rest = new Range(at[0], range.to());
        try (Reply reply = ask(rest)) {
          if (reply.code() == 200) {
            throw new NoRanges();
          }
          checkRange(reply, rest);
          at[0] = copy(reply, file, rest, have);
        } catch (Cut cut) {
          at[0] = cut.at;
          if (cut.at == before) {
            throw cut;
          }
        }
        return at[0] == range.to() ? MIN_PROGRESS_BYTES : at[0] - before;
      });
    }
  }

  /// Fetches the whole file over one connection, each attempt from its start.
  ///
  /// @param total its size, or -1
  /// @return its size
  long whole(FileChannel file, long total) throws IOException, InterruptedException {
    long[] size = {0};
    retrying(() -> {
      progress.restart();
      try (Reply reply = ask(null)) {
        long length = reply.length();
        if (total >= 0 && length >= 0 && length != total) {
          throw otherSize(length, total);
        }
        long expected = total >= 0 ? total : length;
        long end = expected >= 0 ? expected : Long.MAX_VALUE;
        size[0] = copy(reply, file, new Range(0, end), null);
        return MIN_PROGRESS_BYTES;
      }
    });
    file.truncate(size[0]);
    return size[0];
  }

  /// The connection ended before all bytes had arrived.
  private static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;
    private final long at;

    Cut(long at, String problem) {
      super(problem);
      this.at = at;
    }
  }

  /// Writes a range of the file from a response.
  ///
  /// @return the offset after the last byte written
  private long copy(Reply reply, FileChannel file, Range range, @Nullable ByteRanges have)
      throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    LeastRate.Measured rate = LeastRate.USUAL.measured();
    long at = range.from();
    try (InputStream body = reply.body()) {
      while (at < range.to()) {
        int want = (int) Math.min(block.length, range.to() - at);
        int filled = 0;
        IOException cut = null;
        while (filled < want && cut == null) {
          try {
            int n = body.read(block, filled, want - filled);
            if (n < 0) {
              break;
            }
            filled += n;
            progress.came(n);
            if (rate.isTooSlow(n)) {
              cut = tooSlow(at + filled);
            }
          } catch (IOException e) {
            cut = e;
          }
        }
        write(file, block, filled, at);
        if (filled > 0 && have != null) {
          have.add(new Range(at, at + filled));
        }
        at += filled;
        if (Thread.currentThread().isInterrupted()) {
          throw new Cut(at, "interrupted");
        } else if (cut != null) {
          throw new Cut(at, "the connection was cut: " + cut.getMessage());
        } else if (filled < want) {
          if (range.to() == Long.MAX_VALUE) {
            return at; // the size was unknown; the file ends here
          }
          throw new Cut(at, "the answer ended after %d of %d bytes".formatted(at, range.to()));
        }
      }
    } catch (Cut e) {
      throw e;
    } catch (IOException e) {
      if (at < range.to()) {
        throw new Cut(at, "the connection was cut: " + e.getMessage());
      }
    }
    return at;
  }

  private static void write(FileChannel file, byte[] block, int length, long at)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(block, 0, length);
    while (bytes.hasRemaining()) {
      file.write(bytes, at + bytes.position());
    }
  }

  private void checkRange(Reply reply, Range asked) throws FetchException {
    String header = reply.header("Content-Range");
    Matcher range = CONTENT_RANGE.matcher(header);
    if (!range.matches() || Long.parseLong(range.group(1)) != asked.from()) {
      throw new FetchException(
          "%s: requested bytes from %d, but the server sent '%s'"
              .formatted(wanted.address(), asked.from(), header));
    }
    if (wanted.size() >= 0
        && !range.group(3).equals("*")
        && Long.parseLong(range.group(3)) != wanted.size()) {
      throw otherSize(Long.parseLong(range.group(3)), wanted.size());
    }
  }

  private FetchException otherSize(long found, long expected) {
    return new FetchException(
        "%s: the server has %d bytes, expected %d; the file has changed on the server"
            .formatted(wanted.address(), found, expected));
  }

  private Reply ask(@Nullable Range range) throws IOException {
    Map<String, String> headers =
        range == null
            ? Map.of()
            : Map.of("Range", "bytes=%d-%d".formatted(range.from(), range.to() - 1));
    Reply reply = http.get(wanted.address(), wanted.token(), headers);
    int code = reply.code();
    if (code == 200 || code == 206 || (code == 416 && range != null && range.to() == 1)) {
      return reply;
    }
    try (reply) {
      throw HttpStatusException.of(wanted, reply);
    }
  }

  /// Repeats a step until it succeeds; pauses after a failure that may pass.
  private void retrying(Step step) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        if (step.go() >= MIN_PROGRESS_BYTES) {
          return;
        }
        throw new Cut(0, "too few bytes arrived");
      } catch (FetchException | NoRanges e) {
        throw e;
      } catch (HttpStatusException e) {
        if (!e.passing() || attempt >= retries.most()) {
          throw new FetchException(e.getMessage() + tries(attempt));
        }
        pause(retries.pause(attempt, e.retryAfter()), String.valueOf(e.getMessage()));
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        } else if (attempt >= (isUnreachable(e) ? retries.unreachable() : retries.most())) {
          throw new FetchException(
              "cannot fetch %s: %s%s".formatted(wanted.address(), reason(e), tries(attempt)));
        }
        Thread.sleep(retries.pause(attempt, null));
      }
    }
  }

  private void pause(Duration time, String why) throws InterruptedException {
    if (time.toSeconds() >= 3) {
      progress.note("waiting %d s: %s".formatted(time.toSeconds(), why));
    }
    Thread.sleep(time);
  }

  private static boolean isUnreachable(IOException e) {
    return e instanceof java.net.UnknownHostException || e instanceof java.net.ConnectException;
  }

  private static String tries(int attempts) {
    return attempts > 1 ? " (tried " + attempts + " times)" : "";
  }

  private static String reason(IOException e) {
    return switch (e) {
      case java.net.UnknownHostException _ -> "unknown host";
      case Cut _ -> String.valueOf(e.getMessage());
      default -> e.getClass().getSimpleName() + ": " + e.getMessage();
    };
  }
}
