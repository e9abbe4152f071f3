package dev.refract.benchmarks;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.ChatAnswerer;
import dev.refract.harness.answer.EmbeddedAnswerer;
import dev.refract.harness.answer.OptionOrder;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.engine.LlamaCppFinder;
import dev.refract.harness.engine.LlamaServer;
import dev.refract.harness.image.ImagePreparation;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.ServerCommands;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.BundledSuite;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.ProtocolCatalog;
import dev.refract.manifest.Sampling;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.ModelIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures answers per second of the embedded answerer, with four questions on each caption of the
/// mini suite, against llama.cpp's own server with the same weights, threads and prompts, one
/// request at a time.
///
/// `... AnswererBeside IMAGES`, from the repository's root.
public final class AnswererBeside {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ROUNDS = 3;
  private static final int QUESTIONS = 4;

  private AnswererBeside() {}

  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    int images = Integer.parseInt(args[0]);
    ModelManifest model = ModelCatalog.find(ModelCatalog.DEFAULT).orElseThrow();
    ModelStore store = ModelStore.ofUser(System.err);
    Path weights = store.fetch(model);
    Sampling sampling = new Sampling(0, 1, 1, 16);
    Process server = null;
    String python = System.getenv("PEERS_PYTHON");
    LlamaServer own =
        new LlamaServer(
            new LlamaCppFinder(System.getenv(), store).find(),
            new LlamaServer.Model(weights, null, 8192, 1),
            new CancellationToken());
    ModelIdentity.Embedded identity =
        new ModelIdentity.Embedded(model.id(), model.sha256(), "llama.cpp", 0, 1, 1, 16);
    try (EmbeddedAnswerer ours = new EmbeddedAnswerer(own, sampling, identity)) {
      TextAnswerer theirs = null;
      if (python != null) {
        server =
            new ProcessBuilder(
                    python,
                    "benchmarks/peers/llama_server.py",
                    weights.toString(),
                    "" + Runtime.getRuntime().availableProcessors())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        theirs = served(server, sampling);
      }
      double best = 0;
      double other = 0;
      for (int round = 0; round < ROUNDS; round++) { // alternating, as the machine's speed varies
        // Other captions each time: a server that keeps prompts of earlier rounds would evaluate
        // none.
        List<AnswerPrompt> prompts = prompts(images, round);
        best = Math.max(best, rate(ours, prompts));
        if (theirs != null) {
          other = Math.max(other, rate(theirs, prompts));
        }
      }
      double theirRate = theirs == null ? Double.NaN : other;
      new Row(
              "embedded answerer, 4 questions a caption",
              best,
              theirRate,
              "answers/s",
              "llama.cpp's own server, same weights and threads",
              best / theirRate,
              "at least 0.95")
          .print();
    } finally {
      if (server != null) {
        server.destroy();
      }
    }
  }

  private static @Nullable TextAnswerer served(Process server, Sampling sampling)
      throws IOException {
    BufferedReader lines = server.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("http://")) {
        ChatClient client =
            new ChatClient(
                new Endpoint(line + "/v1", "any", null),
                RetryPolicy.DEFAULT,
                1,
                Duration.ofMinutes(5));
        ModelIdentity.Served identity =
            new ModelIdentity.Served(
                null,
                "any",
                null,
                sampling.temperature(),
                sampling.topP(),
                sampling.repetitionPenalty(),
                sampling.maxTokens(),
                null);
        return new ChatAnswerer(
            new ChatModel(client, identity, sampling, ImagePreparation.NONE, ServerCommands.NONE),
            false);
      }
    }
    System.err.println("llama.cpp's server did not start: its row has no comparison");
    return null;
  }

  private static double rate(TextAnswerer answerer, List<AnswerPrompt> prompts)
      throws RequestException, InterruptedException {
    long start = System.nanoTime();
    for (AnswerPrompt prompt : prompts) {
      answerer.answer(prompt, 0);
    }
    return prompts.size() / ((System.nanoTime() - start) / 1e9);
  }

  /// The suite's own questions in the default protocol. Each caption begins with a word that no
  /// other begins with.
  private static List<AnswerPrompt> prompts(int images, int round) throws IOException {
    Protocol.Answering how = ProtocolCatalog.get("short-answer").answer();
    Path mini = BundledSuite.mini();
    Map<String, String> captions = new HashMap<>();
    for (String line : Files.readAllLines(mini.resolve("descriptions.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      captions.put(row.path("image").asString(""), row.path("description").asString(""));
    }
    List<AnswerPrompt> prompts = new ArrayList<>();
    for (String line : Files.readAllLines(mini.resolve("questions.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      if (prompts.size() == images * QUESTIONS) {
        break;
      }
      Question question =
          new Question(
              row.path("question_id").asString(""),
              "all",
              row.path("question").asString(""),
              List.of(),
              List.of("x"),
              "anls");
      String image = row.path("image").asString("");
      String mark = Sha256.of((round + image).getBytes(StandardCharsets.UTF_8)).substring(0, 6);
      String caption = "%s %s".formatted(mark, captions.get(image));
      prompts.add(
          AnswerPrompt.of(
              how, List.of(caption), question, OptionOrder.of(question, how.options(), 0)));
    }
    return prompts;
  }
}
