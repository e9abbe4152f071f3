package dev.refract.harness.llm;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;

/// Whether a server is asked before a large body is sent. A gateway that refuses a body by its size
/// closes the connection while the body is on its way, so that its answer (413) is lost. After such
/// a failure, bodies of that size are announced with `Expect: 100-continue` first, as curl does.
final class UploadCheck {

  /// Smaller bodies are on their way before a server can refuse them.
  private static final long LARGE_BYTES = 64 * 1024;

  private final AtomicLong least = new AtomicLong(Long.MAX_VALUE);

  void prepare(HttpRequest request, long bytes) {
    if (bytes >= least.get()) {
      request.setHeader(HttpHeaders.EXPECT, HeaderElements.CONTINUE);
    }
  }

  /// After a connection broke while a body was sent or its reply was awaited.
  void failed(long bytes) {
    if (bytes >= LARGE_BYTES) {
      least.accumulateAndGet(bytes, Math::min);
    }
  }
}
