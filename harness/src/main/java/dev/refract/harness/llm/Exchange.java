package dev.refract.harness.llm;

import dev.refract.harness.net.Connections;
import dev.refract.harness.net.Timeouts;
import dev.refract.harness.net.Watchdog;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.RetryHint;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/// One attempt at a request: sends it, reads what comes back, and counts what it used.
///
/// @param uploads whether a large body is announced before it is sent
record Exchange(
    Endpoint endpoint,
    Timeouts timeouts,
    ReplyReader reader,
    UploadCheck uploads,
    SpentBudget spent,
    Pace pace) {

  /// The endpoint for prompts to which the chat template is applied already.
  static final String COMPLETIONS_PATH = "/completions";

  AttemptResult send(String baseUrl, String path, ChatBody body) throws InterruptedException {
    HttpPost post = new HttpPost(endpoint.access().address(baseUrl + path));
    post.setEntity(body);
    endpoint.access().sign(post);
    uploads.prepare(post, body.getContentLength());
    try (Watchdog watchdog = new Watchdog(post, timeouts)) {
      try {
        long millis = System.currentTimeMillis();
        long sent = System.nanoTime();
        AttemptResult attempt =
            Connections.execute(
                endpoint.access().network(),
                post,
                response -> read(path, response, sent, watchdog));
        ChatReply reply = attempt.reply();
        if (reply != null) {
          double seconds = (System.nanoTime() - sent) / 1e9;
          pace.used(spent.reply(reply, body.tokens()), System.nanoTime());
          return attempt.with(reply.sent(new ChatReply.Sent(millis, seconds)));
        } else if (watchdog.timedOut()) {
          spent.lost(body.tokens());
          return late(baseUrl); // an aborted connection may look like the end of a reply
        } else if (attempt.isLostReply()) {
          spent.lost(body.tokens());
        }
        return attempt;
      } catch (IOException | RuntimeException e) { // a server may send what no parser expects
        if (e instanceof InterruptedIOException && Thread.interrupted()) {
          throw new InterruptedException();
        } else if (watchdog.timedOut()) {
          spent.lost(body.tokens());
          return late(baseUrl);
        }
        uploads.failed(body.getContentLength());
        return ConnectionFailure.of(endpoint, baseUrl, e);
      }
    }
  }

  private AttemptResult late(String baseUrl) {
    return AttemptResult.failed(
        FailureKind.TIMEOUT,
        "no complete answer in time from %s at %s".formatted(endpoint.model(), baseUrl),
        true);
  }

  private AttemptResult read(
      String path, ClassicHttpResponse response, long sent, Watchdog watchdog) throws IOException {
    watchdog.heard();
    Optional<TimedChunks> read =
        response.getEntity() == null
            ? Optional.of(TimedChunks.NOTHING)
            : TimedChunks.read(
                response.getEntity().getContent(),
                response.getEntity().getContentLength(),
                watchdog::heard);
    if (read.isEmpty()) {
      return AttemptResult.failed(
          FailureKind.PROTOCOL, "a reply of more than 16 MB from " + endpoint, true);
    }
    TimedChunks pieces = read.get();
    int status = response.getCode();
    if (status != 200) {
      String location = header(response, "Location");
      String text =
          status >= 300 && status < 400 && location != null
              ? "redirects to " + location
              : pieces.text();
      Duration asked =
          status == 429 || status == 503 || status == 529
              ? RetryHint.of(name -> header(response, name), text, Instant.now()).orElse(null)
              : null;
      return reader.refused(status, text, asked);
    }
    boolean raw = path.equals(COMPLETIONS_PATH);
    Header type = response.getFirstHeader("Content-Type");
    return type != null && type.getValue().startsWith("text/event-stream")
        ? reader.streamed(pieces, raw, sent)
        : reader.whole(pieces, raw);
  }

  private static @Nullable String header(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
