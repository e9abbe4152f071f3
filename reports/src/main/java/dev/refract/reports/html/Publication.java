package dev.refract.reports.html;

import dev.refract.reports.compare.RunData;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What pages say about the machines that made a run. Pages are published; addresses of servers,
/// paths, with them names of users and hosts, and command lines help nobody who reads them there
/// and somebody who attacks. Questions, captions and replies are data and stay as they are.
public final class Publication {

  /// Everybody's servers.
  private static final Set<String> PUBLIC_HOSTS =
      Set.of(
          "api.openai.com",
          "api.anthropic.com",
          "api.mistral.ai",
          "openrouter.ai",
          "generativelanguage.googleapis.com",
          "api.together.xyz",
          "api.groq.com",
          "api.deepseek.com",
          "huggingface.co",
          "github.com");

  private static final Pattern URL =
      Pattern.compile(
          "(?i)\\b(https?)://(?:[^\\s/@\"'|]*@)?(\\[[0-9a-f:.]+\\]|[^\\s/:?#\"'|,;)\\]}<>]+)(:\\d+)?");

  private static final Pattern IP =
      Pattern.compile("(?<![\\w.])[1-9]\\d{0,2}(?:\\.\\d{1,3}){3}(?::\\d+)?(?![\\w.]*\\d)");

  private static final String PART = "[\\p{L}\\p{N}._@+%~=,-]";

  private static final Pattern PATH =
      Pattern.compile(
          "(?:file:/+(?:[^/\\s]+/)*|(?<![\\w/.:<>…-])/(?:%1$s+/)+)(%1$s*)".formatted(PART));

  private static final Pattern WINDOWS_PATH =
      Pattern.compile("(?i)(?<![a-z])[a-z]:\\\\(?:[^\\\\\\s\"']+\\\\)*([^\\\\\\s\"']*)");

  private final boolean careful;
  private final Map<String, String> aliases = new ConcurrentHashMap<>();

  private Publication(boolean careful) {
    this.careful = careful;
  }

  /// Pages without what only the makers of a run need.
  public static Publication careful() {
    return new Publication(true);
  }

  /// Pages with everything that runs record, for their makers.
  public static Publication withProvenance() {
    return new Publication(false);
  }

  /// A part of the stamp of pages: both kinds may be built into one folder, one after the other.
  String stamp() {
    return careful ? "published" : "whole";
  }

  RunRecord of(RunRecord record) {
    if (!careful || !(RunJson.MAPPER.valueToTree(record) instanceof ObjectNode tree)) {
      return record;
    }
    JsonNode protocol = tree.get("protocol");
    tree.putNull("command");
    tree.putNull("seal");
    JsonNode clean = scrubbed(tree);
    if (clean instanceof ObjectNode object) {
      object.set("protocol", protocol);
    }
    return RunJson.MAPPER.treeToValue(clean, RunRecord.class);
  }

  LoadReport of(LoadReport report) {
    if (!careful || !(RunJson.MAPPER.valueToTree(report) instanceof ObjectNode tree)) {
      return report;
    }
    JsonNode prompt = tree.get("prompt");
    tree.put("command", "(not published)");
    JsonNode clean = scrubbed(tree);
    if (clean instanceof ObjectNode object) {
      object.set("prompt", prompt);
    }
    return RunJson.MAPPER.treeToValue(clean, LoadReport.class);
  }

  RunData of(RunData run) {
    return careful
        ? new RunData(
            of(run.record()),
            run.summary(),
            items(run.items()),
            captions(run.captions()),
            run.digest())
        : run;
  }

  /// The same questions; messages of failures are cleaned.
  List<ItemResult> items(List<ItemResult> items) {
    return careful ? items.stream().map(this::item).toList() : items;
  }

  private ItemResult item(ItemResult item) {
    if (item.trials().stream().noneMatch(t -> t.outcome() instanceof Outcome.Failed)) {
      return item;
    }
    List<Trial> trials = new ArrayList<>();
    for (Trial trial : item.trials()) {
      trials.add(
          trial.outcome() instanceof Outcome.Failed f
              ? trial.with(new Outcome.Failed(f.stage(), f.kind(), text(f.message())))
              : trial);
    }
    return item.with(trials);
  }

  /// The same captions; messages of failures are cleaned.
  Map<String, CaptionRecord> captions(Map<String, CaptionRecord> captions) {
    if (!careful) {
      return captions;
    }
    Map<String, CaptionRecord> clean = new LinkedHashMap<>();
    captions.forEach((key, caption) -> clean.put(key, caption(caption)));
    return clean;
  }

  private CaptionRecord caption(CaptionRecord c) {
    if (c.failure() == null && c.retried() == null) {
      return c;
    }
    return new CaptionRecord(
        c.fingerprint(),
        c.dataset(),
        c.image(),
        c.imageSha256(),
        c.sample(),
        c.prompt(),
        c.text(),
        c.ending(),
        c.tokens(),
        c.failure() == null ? null : failure(c.failure()),
        c.retried() == null ? null : c.retried().stream().map(this::failure).toList(),
        c.time());
  }

  private Failure failure(Failure failure) {
    return new Failure(failure.kind(), text(failure.message()));
  }

  private JsonNode scrubbed(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode clean = object.objectNode();
        object.properties().forEach(e -> clean.set(e.getKey(), scrubbed(e.getValue())));
        yield clean;
      }
      case ArrayNode array -> {
        ArrayNode clean = array.arrayNode();
        array.forEach(element -> clean.add(scrubbed(element)));
        yield clean;
      }
      default ->
          node.isString()
              ? RunJson.MAPPER.getNodeFactory().stringNode(text(node.asString()))
              : node;
    };
  }

  /// A text about machines without their addresses and paths.
  String text(String text) {
    if (!careful) {
      return text;
    }
    String clean =
        URL.matcher(text)
            .replaceAll(
                url -> Matcher.quoteReplacement(url(url.group(1), url.group(2), url.group(3))));
    for (Map.Entry<String, String> known : aliases.entrySet()) {
      clean =
          Pattern.compile(
                  "(?<![\\w.-])" + Pattern.quote(known.getKey()) + "(?::\\d+)?(?![\\w.-]*\\w)")
              .matcher(clean)
              .replaceAll(Matcher.quoteReplacement(known.getValue()));
    }
    clean = IP.matcher(clean).replaceAll("server");
    clean = WINDOWS_PATH.matcher(clean).replaceAll("…/$1");
    return PATH.matcher(clean).replaceAll("…/$1");
  }

  private String url(String scheme, String host, @Nullable String port) {
    if (PUBLIC_HOSTS.contains(host.toLowerCase(Locale.ROOT)) && port == null) {
      return scheme + "://" + host;
    }
    return scheme + "://" + alias(host);
  }

  private synchronized String alias(String host) {
    return host.matches("server-\\d+")
        ? host
        : aliases.computeIfAbsent(host, _ -> "server-" + (aliases.size() + 1));
  }
}
