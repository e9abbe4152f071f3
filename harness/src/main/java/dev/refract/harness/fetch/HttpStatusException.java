package dev.refract.harness.fetch;

import dev.refract.harness.fetch.Download.Wanted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A server answered with an error status.
final class HttpStatusException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String retryAfter;

  private HttpStatusException(int status, @Nullable String retryAfter, String problem) {
    super(problem);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  static HttpStatusException of(Wanted wanted, Reply reply) {
    int status = reply.code();
    String hint =
        switch (status) {
          case 401, 403 ->
              wanted.token() == null
                  ? "; it needs a token: accept the terms on its page and set HF_TOKEN"
                  : "; the token in HF_TOKEN has no access: accept the terms on its page";
          case 404 -> "; it does not exist, or is private and needs HF_TOKEN";
          case 416 -> "; the file on the server became shorter: fetch again to start over";
          case 429 -> "; too many requests";
          default -> "";
        };
    String wait = reply.header("Retry-After");
    return new HttpStatusException(
        status,
        wait.isEmpty() ? null : wait,
        "%s: %s answered %d%s".formatted(wanted.name(), wanted.address(), status, hint));
  }

  /// Whether the same request may succeed later.
  boolean passing() {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  @Nullable String retryAfter() {
    return retryAfter;
  }
}
