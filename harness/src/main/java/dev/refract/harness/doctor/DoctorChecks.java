package dev.refract.harness.doctor;

import dev.refract.harness.engine.LlamaCppFinder;
import dev.refract.harness.gpu.DcgmExporter;
import dev.refract.harness.gpu.Gpu;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.gpu.ServerMetrics;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.model.ModelUnavailableException;
import dev.refract.harness.net.Access;
import dev.refract.harness.net.ServerProbe;
import dev.refract.harness.run.Environments;
import dev.refract.manifest.Sampling;
import dev.refract.reports.caption.Thoughts;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks what a run needs.
public final class DoctorChecks {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final int TEST_TOKENS = 64;
  private static final String LLAMA = "llama.cpp";
  private static final long GIB = 1L << 30;
  private static final long MIN_FREE_DISK_BYTES = 5 * GIB;
  private static final long MIN_HEAP_BYTES = GIB;

  private DoctorChecks() {}

  /// @param cache folder for weights and datasets
  /// @param models where a fetched llama.cpp is kept
  public static List<Diagnostic> machine(GpuSource gpus, Path cache, ModelStore models)
      throws IOException, InterruptedException {
    List<Diagnostic> findings = new ArrayList<>();
    findings.add(
        Diagnostic.fine(
            "refract", Environments.version() + " on Java " + System.getProperty("java.version")));
    int processors = Runtime.getRuntime().availableProcessors();
    long heap = Runtime.getRuntime().maxMemory();
    String machine =
        "%d processors, at most %.1f GiB of heap".formatted(processors, (double) heap / GIB);
    findings.add(
        heap < MIN_HEAP_BYTES
            ? Diagnostic.note(
                "machine", machine, "give Java more: JAVA_TOOL_OPTIONS=-Xmx2g, for large datasets")
            : Diagnostic.fine("machine", machine));
    findings.add(CollectorCheck.here());
    findings.add(library("ONNX Runtime (ocr)", "ai.onnxruntime.OrtEnvironment"));
    findings.add(llama(new LlamaCppFinder(System.getenv(), models)));
    findings.add(
        gpus.gpus().isEmpty()
            ? Diagnostic.note(
                "GPUs", gpus.words(), "not needed if the models run on other machines")
            : Diagnostic.fine(
                "GPUs",
                String.join("; ", gpus.gpus().stream().map(Gpu::words).toList())
                    + " by "
                    + gpus.words()));
    findings.add(ClientLimitBenchmark.measure());
    findings.add(temporary(Path.of(System.getProperty("java.io.tmpdir"))));
    findings.add(disk("cache", cache));
    findings.add(disk("working folder", Path.of("").toAbsolutePath()));
    return findings;
  }

  /// Native libraries are unpacked into it.
  private static Diagnostic temporary(Path folder) {
    return Files.isDirectory(folder) && Files.isWritable(folder)
        ? Diagnostic.fine("temporary folder", folder.toString())
        : Diagnostic.note(
            "temporary folder",
            folder + " is missing or not writable",
            "ocr and the model in this process need one:"
                + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
  }

  private static Diagnostic llama(LlamaCppFinder finder) throws InterruptedException {
    try {
      LlamaCppFinder.Found found = finder.look();
      return found.missing().isEmpty()
          ? Diagnostic.fine(LLAMA, found.words())
          : Diagnostic.fine(
              LLAMA,
              "%s; the first run fetches %.0f MB"
                  .formatted(found.words(), found.missing().get().size() / 1e6));
    } catch (ModelUnavailableException e) {
      return Diagnostic.note(LLAMA, "not found", String.valueOf(e.getMessage()));
    }
  }

  private static Diagnostic library(String what, String type) {
    try {
      Class.forName(type, false, DoctorChecks.class.getClassLoader());
      return Diagnostic.fine(what, "available");
    } catch (ClassNotFoundException | LinkageError e) {
      return Diagnostic.broken(what, "cannot be loaded: " + e, "build again: ./refract demo");
    }
  }

  private static Diagnostic disk(String what, Path folder) throws IOException {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    FileStore store = Files.getFileStore(there);
    String found = "%s, %.1f GiB free".formatted(folder, (double) store.getUsableSpace() / GIB);
    if (!Files.isWritable(there)) {
      return Diagnostic.broken(
          what, found + ", not writable", "choose another, or make it writable");
    }
    return store.getUsableSpace() < MIN_FREE_DISK_BYTES
        ? Diagnostic.note(what, found, "benchmarks need gigabytes: free some, or set REFRACT_CACHE")
        : Diagnostic.fine(what, found);
  }

  /// @param sees whether the test request has an image
  public static List<Diagnostic> server(String id, ChatModel model, boolean sees)
      throws InterruptedException {
    List<Diagnostic> findings = new ArrayList<>();
    Access access = model.client().access();
    for (String url : model.client().addresses()) {
      ServerProbe.Page models = ServerProbe.get(url + "/models", access, REQUEST_TIMEOUT);
      if (models.status() == 0) {
        findings.add(
            Diagnostic.broken(
                id,
                url + ": " + models.text(),
                "start the server, or correct base_url; it must end in /v1"));
        continue;
      }
      findings.add(models(id, url, access, models, model.identity().model()));
      findings.add(clock(id, models));
      findings.add(
          ServerMetrics.read(url, access).isPresent()
              ? Diagnostic.fine(id + ", metrics", ServerProbe.beside(url, "/metrics") + " found")
              : Diagnostic.note(
                  id + ", metrics",
                  "none supported at " + ServerProbe.beside(url, "/metrics"),
                  "llama.cpp needs --metrics; without them a run has no server telemetry"));
      int gpus = DcgmExporter.gpusBeside(url, access);
      if (gpus > 0) {
        findings.add(
            Diagnostic.fine(id + ", GPUs", gpus + " reported by NVIDIA's exporter on its machine"));
      }
    }
    if (findings.stream().noneMatch(f -> f.state() == Diagnostic.State.BROKEN)) {
      findings.add(request(id, model, sees));
    }
    return findings;
  }

  private static Diagnostic models(
      String id, String url, Access access, ServerProbe.Page page, String wanted)
      throws InterruptedException {
    String identity = ServerProbe.identity(url, access);
    try {
      List<String> names = new ArrayList<>();
      String length = "";
      for (JsonNode model : JSON.readTree(page.text()).path("data")) {
        String name = model.path("id").asString("");
        names.add(name);
        if (name.equals(wanted) && model.has("max_model_len")) {
          length = ", context " + model.path("max_model_len").asInt();
        }
      }
      String found = identity + length;
      if (!page.isThere()) {
        return Diagnostic.broken(
            id,
            found + " answered " + page.status(),
            "401 and 403: set api_key_env; 404: base_url");
      }
      if (names.isEmpty() || names.contains(wanted)) {
        return Diagnostic.fine(id, found);
      }
      return identity.contains("llama.cpp") // which accepts any model name
          ? Diagnostic.note(id, found, "it serves " + String.join(", ", names))
          : Diagnostic.broken(
              id,
              "%s has no model '%s'".formatted(found, wanted),
              "it serves " + String.join(", ", names));
    } catch (JacksonException _) {
      return Diagnostic.note(id, url + " lists no models", "is it OpenAI-compatible?");
    }
  }

  /// Compares clocks. Only this machine times answers, but users compare its logs with the
  /// server's.
  private static Diagnostic clock(String id, ServerProbe.Page page) {
    Long seconds = page.secondsApart();
    if (seconds == null || Math.abs(seconds) < 5) {
      return Diagnostic.fine(id + ", clock", seconds == null ? "unknown" : "in sync");
    }
    return Diagnostic.note(
        id + ", clock", "%d s off this machine's".formatted(seconds), "set both with NTP");
  }

  private static Diagnostic request(String id, ChatModel model, boolean sees)
      throws InterruptedException {
    // As a run would ask, but for a short reply.
    Sampling usual = model.sampling();
    Sampling few =
        new Sampling(usual.temperature(), usual.topP(), usual.repetitionPenalty(), TEST_TOKENS);
    try {
      long start = System.nanoTime();
      ChatReply reply =
          model
              .client()
              .send(
                  sees
                      ? ChatRequest.seeing(
                          List.of(ChatRequest.EncodedImage.of(square(), ImageFormat.PNG)),
                          "What colour is this?",
                          few)
                      : ChatRequest.of(null, "Say yes.", few));
      double seconds = (System.nanoTime() - start) / 1e9;
      return judged(id + ", one request", reply, seconds, model.client().thinkingAdvice());
    } catch (RequestException e) {
      // The message says what to do where the server's words allow it.
      String said = String.valueOf(e.getMessage());
      return Diagnostic.broken(
          id + ", one request", said, said.contains("; ") ? "" : "see the server's log");
    }
  }

  private static Diagnostic judged(
      String what, ChatReply reply, double seconds, String thinkingOff) {
    Thoughts in = Thoughts.of(reply.text());
    String found =
        String.format(
            Locale.ROOT,
            "%.2f s, tokens %s, reply '%s'",
            seconds,
            reply.usage().output() == null ? "not counted" : "counted",
            in.said().strip().replaceAll("\\s+", " "));
    if (in.exist() || reply.ending().thoughts() != null) {
      return Diagnostic.note(
          what,
          found + ", after thoughts",
          "thoughts count against max_tokens (answers have 64): raise it, or turn thinking off with"
              + " "
              + thinkingOff);
    } else if (in.said().isBlank()) {
      return Diagnostic.note(
          what,
          found + ", finish_reason " + reply.ending().finishReason(),
          "an empty reply is no answer: see the server's log");
    }
    return Diagnostic.fine(what, found);
  }

  private static byte[] square() {
    BufferedImage image = new BufferedImage(224, 224, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, 224, 224);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing an image to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
