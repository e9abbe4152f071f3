package dev.refract.harness.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/// A server's response. It is closed at once: what was not read of the body is left unread and the
/// connection dropped, since the rest may be endless or come a byte a minute.
final class Reply implements AutoCloseable {

  private final HttpGet request;
  private final ClassicHttpResponse response;
  private final long length;
  private long read;
  private boolean ended;

  Reply(HttpGet request, ClassicHttpResponse response) {
    this.request = request;
    this.response = response;
    HttpEntity entity = response.getEntity();
    this.length = entity == null ? 0 : entity.getContentLength();
  }

  int code() {
    return response.getCode();
  }

  /// The value of a header, or an empty text.
  String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null || header.getValue() == null ? "" : header.getValue();
  }

  /// Of the body in bytes; -1 when the server does not say.
  long length() {
    return length;
  }

  /// The body. Closing this stream does nothing.
  InputStream body() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : new Body(entity.getContent());
  }

  @Override
  public void close() {
    if (!ended && read != length) {
      request.cancel();
    }
    try {
      response.close();
    } catch (IOException _) {
      // what was wanted has been read
    }
  }

  private final class Body extends FilterInputStream {

    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one < 0 ? -1 : 1);
      return one;
    }

    @Override
    public int read(byte[] block, int from, int most) throws IOException {
      int n = super.read(block, from, most);
      count(n);
      return n;
    }

    private void count(int n) {
      ended |= n < 0;
      read += Math.max(0, n);
    }

    @Override
    public void close() {}
  }
}
