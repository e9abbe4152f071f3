package dev.refract.reports.upgrade;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Adds what older formats lack and renames what they named differently. Each method changes one
/// JSON object in place to the current format; an object in the current format stays unchanged.
///
/// | format | what it added |
/// |---|---|
/// | 2 | questions of several images, the source of a dataset |
/// | 3 | trials, protocols as data, a judge |
/// | 4 | machines, input tokens, retries |
/// | 5 | image tokens, what counted the tokens |
/// | 6 | identities with all their keys, the judge's identity separate from its prompt |
/// | 7 | further settings of requests, what servers say about their models, thoughts |
/// | 8 | what a score was given to, the script that a dataset's metric reproduces |
/// | 9 | a checksum of each line, digests of all files in `run.json` |
/// | 10 | refract's own score beside one that came with an import |
public final class Upgrades {

  private Upgrades() {}

  /// `run.json`.
  static void run(ObjectNode run, int format) {
    String captioner = run.path("name").asString("");
    absent(run, "captioner_id", captioner);
    absent(run, "answerer_id", run.path("answerer").path("kind").asString("unknown"));
    absentNull(run, List.of("judge", "command", "seal"));
    if (run.get("captioner") instanceof ObjectNode of) {
      identity(of);
    }
    if (run.get("answerer") instanceof ObjectNode of) {
      identity(of);
    }
    if (run.get("judge") instanceof ObjectNode judge) {
      judge(run, judge);
    }
    if (run.get("protocol") instanceof ObjectNode protocol) {
      absent(protocol, "digest", "unknown, of run format " + format);
      absent(protocol, "captions", 1);
      absent(protocol, "answer_form", "chat");
      absent(protocol, "parser", "lenient");
      absentNull(protocol, List.of("metric"));
      absent(protocol, "mode", "official");
    }
    if (!run.has("asking")) {
      ObjectNode asking = run.putObject("asking");
      asking.put("rotations", 1);
      asking.put("repeats", 1);
      asking.putArray("budgets");
    }
    for (JsonNode dataset : run.path("datasets")) {
      if (dataset instanceof ObjectNode of) {
        dataset(of);
      }
    }
    if (run.get("environment") instanceof ObjectNode environment) {
      absentList(environment, "gpus");
      absentNull(environment, List.of("driver"));
      absentList(environment, "servers");
      absentNull(environment, List.of("served"));
    }
  }

  /// A dataset. Pictures are hidden where its licence was not recorded.
  private static void dataset(ObjectNode dataset) {
    absentNull(dataset, List.of("revision", "licence", "scorer"));
    absent(dataset, "display", "HIDE");
    absentList(dataset, "skipped");
    if (!dataset.has("selection")) {
      int images = dataset.path("images").asInt(0);
      dataset.put(
          "selection",
          images < dataset.path("of_images").asInt(images) ? "the first " + images : "");
    }
  }

  /// A captioner, an answerer, a judge, or the captioner of a load report.
  public static void identity(ObjectNode identity) {
    switch (identity.path("kind").asString("")) {
      case "openai" -> {
        absentNull(identity, List.of("base_url", "checkpoint", "repetition_penalty", "settings"));
        absent(identity, "temperature", 0);
        absent(identity, "top_p", 1);
      }
      case "embedded" -> {
        absent(identity, "top_p", 1);
        absent(identity, "repetition_penalty", 1);
      }
      default -> {}
    }
    if (identity.get("of") instanceof ObjectNode of) {
      identity(of);
    }
  }

  /// Moves the version of the prompt, formerly a key of the judge's identity, out of the identity.
  private static void judge(ObjectNode run, ObjectNode judge) {
    if (judge.get("model") instanceof ObjectNode) {
      return; // already separate
    }
    JsonNode prompt = judge.remove("prompt");
    identity(judge);
    ObjectNode apart = run.objectNode();
    apart.set("model", judge);
    apart.set("prompt", prompt == null ? run.stringNode("unknown") : prompt);
    run.set("judge", apart);
  }

  /// A line of `captions.jsonl`.
  static void caption(ObjectNode caption) {
    absentNull(
        caption,
        List.of("prompt", "thoughts", "input_tokens", "image_tokens", "tokenizer", "retried"));
  }

  /// A line of `answers.jsonl`, `queries.jsonl` or `judgements.jsonl`.
  static void answer(ObjectNode answer) {
    absentNull(
        answer, List.of("thoughts", "input_tokens", "output_tokens", "tokenizer", "retried"));
  }

  /// A line of `items.jsonl`.
  static void item(ObjectNode item) {
    if (item.has("kind")) {
      item.set("group", item.remove("kind"));
    }
    if (!item.has("images")) {
      ObjectNode image = item.putArray("images").addObject();
      image.set("name", item.remove("image"));
      image.set("sha256", item.remove("image_sha256"));
      image.set("caption_fingerprint", item.remove("caption_fingerprint"));
    }
    if (!item.has("attributes")) {
      item.putObject("attributes");
    }
    absentNull(item, List.of("query"));
    if (!item.has("trials")) {
      trial(item);
    }
    for (JsonNode image : item.path("images")) {
      if (image instanceof ObjectNode of) {
        of.remove("caption_fingerprint");
      }
    }
    for (JsonNode trial : item.path("trials")) {
      for (String key : List.of("outcome", "judged")) {
        if (trial.get(key) instanceof ObjectNode outcome) {
          outcome(outcome, key);
        }
      }
    }
  }

  private static void outcome(ObjectNode outcome, String key) {
    switch (outcome.path("type").asString("")) {
      case "abstained" -> absent(outcome, "value", 0);
      case "scored" -> {
        absent(outcome, "basis", key.equals("judged") ? "verdict" : "answer");
        absentNull(outcome, List.of("own"));
      }
      default -> {}
    }
  }

  /// Creates the only trial of a question from fields that the question itself formerly had.
  private static void trial(ObjectNode item) {
    ArrayNode captions = item.arrayNode();
    for (JsonNode image : item.path("images")) {
      captions.add(image.path("caption_fingerprint").asString(""));
    }
    ArrayNode order = item.arrayNode();
    for (int option = 0; option < item.path("choices").size(); option++) {
      order.add(option);
    }
    ObjectNode trial = item.putArray("trials").addObject();
    for (String number : List.of("sample", "rotation", "repeat", "budget")) {
      trial.put(number, 0);
    }
    trial.set("order", order);
    trial.set("captions", captions);
    trial.set("prompt", item.remove("prompt"));
    trial.set("reply", item.remove("reply"));
    trial.set("outcome", item.remove("outcome"));
    trial.putNull("judged");
  }

  private static void absent(ObjectNode node, String key, String value) {
    if (!node.has(key)) {
      node.put(key, value);
    }
  }

  private static void absent(ObjectNode node, String key, int value) {
    if (!node.has(key)) {
      node.put(key, value);
    }
  }

  private static void absentNull(ObjectNode node, List<String> keys) {
    for (String key : keys) {
      if (!node.has(key)) {
        node.putNull(key);
      }
    }
  }

  private static void absentList(ObjectNode node, String key) {
    if (!node.has(key)) {
      node.putArray(key);
    }
  }
}
