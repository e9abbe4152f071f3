package dev.refract.harness.net;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/// Sends no request on a connection on which bytes are waiting: they were sent without a request,
/// and would be taken for its reply, so that each later reply belonged to the request before it
/// (RFC 9112, section 9.2).
public final class CleanConnections extends HttpRequestExecutor {

  /// The shortest look at a connection that the library offers.
  private static final Timeout LOOK = Timeout.ofMilliseconds(1);

  /// The connection had bytes that nobody asked for, and was closed; another one serves.
  static final class UnaskedBytesException extends NoHttpResponseException {
    private static final long serialVersionUID = 1L;

    UnaskedBytesException() {
      super("the server sent bytes on an idle connection");
    }
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback callback,
      HttpContext context)
      throws IOException, HttpException {
    EndpointDetails details = connection.getEndpointDetails();
    if (details != null && details.getResponseCount() > 0 && connection.isDataAvailable(LOOK)) {
      connection.close();
      throw new UnaskedBytesException();
    }
    return super.execute(request, connection, callback, context);
  }
}
