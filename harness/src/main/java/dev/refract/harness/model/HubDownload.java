package dev.refract.harness.model;

import dev.refract.manifest.ModelManifest.HubFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/// A file of the Hugging Face hub; a download that was cut goes on where it stopped. `HF_ENDPOINT`
/// and `HF_TOKEN` are honoured.
final class HubDownload {

  private final Map<String, String> environment;
  private final PrintStream log;

  HubDownload(Map<String, String> environment, PrintStream log) {
    this.environment = environment;
    this.log = log;
  }

  void fetch(HubFile hub, Path part, long size) throws IOException, InterruptedException {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "https://huggingface.co");
    URI uri =
        URI.create(
            "%s/%s/resolve/%s/%s"
                .formatted(
                    endpoint.replaceFirst("/+$", ""),
                    hub.repository(),
                    hub.revision(),
                    hub.path()));
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (have >= size) {
      Files.deleteIfExists(part);
      have = 0;
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    String token = environment.get("HF_TOKEN");
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    try (HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        switch (response.statusCode()) {
          case 200 -> copy(body, part, 0, size);
          case 206 -> copy(body, part, have, size);
          default -> throw new IOException(uri + " answered " + response.statusCode());
        }
      }
    } catch (java.net.ConnectException | java.net.http.HttpTimeoutException e) {
      throw new IOException("cannot reach " + uri.getHost(), e);
    }
  }

  private void copy(InputStream body, Path part, long have, long size) throws IOException {
    StandardOpenOption mode =
        have > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
      byte[] block = new byte[1 << 16];
      long done = have;
      long told = done;
      for (int n = body.read(block); n >= 0; n = body.read(block)) {
        done += n;
        if (done > size) {
          throw new IOException("the server sent more than the " + size + " bytes expected");
        }
        out.write(block, 0, n);
        if (done - told > size / 20) {
          log.printf("  %.0f of %.0f MB%n", done / 1e6, size / 1e6);
          told = done;
        }
      }
    }
  }
}
