package dev.refract.reports.compare;

import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.TokenCounts;
import dev.refract.reports.result.Trial;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.Summarizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs of a few literal questions, for tests of what compares them.
public final class SmallRuns {

  public static final ModelIdentity CAPTIONER = new ModelIdentity.Imported("caprl");
  public static final ModelIdentity ANSWERER = new ModelIdentity.Imported("llm");
  public static final RunRecord.Environment MACHINE =
      new RunRecord.Environment("test", "25", "Linux", "cpu", 2, List.of(), null, List.of(), null);

  private SmallRuns() {}

  public static RunRecord.Protocol protocol(String digest, String prompt, int captions) {
    return protocol(digest, prompt, captions, "chat", "official");
  }

  public static RunRecord.Protocol protocol(
      String digest, String prompt, int captions, String form, String mode) {
    return new RunRecord.Protocol(
        "short-answer",
        1,
        digest,
        prompt,
        captions,
        form,
        null,
        "{caption} {question}",
        "lenient",
        null,
        mode);
  }

  public static RunRecord.Protocol protocol() {
    return protocol("digest", "Describe.", 1);
  }

  public static RunRecord.Dataset dataset(String id, String checksum, int questions) {
    return new RunRecord.Dataset(
        id,
        id,
        "JSONL",
        null,
        new RunRecord.Terms(null, RunRecord.Display.SHOW),
        null,
        checksum,
        1,
        1,
        "",
        questions,
        List.of());
  }

  public static RunRecord record(String name) {
    return record(name, CAPTIONER, ANSWERER);
  }

  public static RunRecord record(String name, ModelIdentity captioner, ModelIdentity answerer) {
    return record(
        name,
        captioner,
        answerer,
        protocol(),
        RunRecord.TrialCounts.ONCE,
        List.of(dataset("charts", "sha256:0", 4)),
        MACHINE);
  }

  public static RunRecord record(
      String name,
      ModelIdentity captioner,
      ModelIdentity answerer,
      RunRecord.Protocol protocol,
      RunRecord.TrialCounts asking,
      List<RunRecord.Dataset> datasets,
      RunRecord.Environment environment) {
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Names(name, name + "-captioner", "llm"),
        "0".repeat(64),
        RunRecord.State.FINISHED,
        new RunRecord.Models(captioner, answerer, null),
        protocol,
        asking,
        datasets,
        environment,
        null,
        "2026-01-01T00:00:00Z",
        null);
  }

  public static Trial trial(Outcome outcome) {
    return new Trial(0, 0, 0, 0, List.of(), List.of("f"), "p", "r", outcome, null);
  }

  public static ItemResult item(
      String dataset, String group, String id, String image, Outcome... outcomes) {
    List<Trial> trials = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      trials.add(trial(outcome));
    }
    return new ItemResult(
        dataset,
        id,
        List.of(new ItemResult.Image(image + ".png", image)),
        "chart",
        group,
        "How many?",
        List.of(),
        List.of("4"),
        "exact_match",
        Map.of(),
        null,
        trials);
  }

  /// One question on each image.
  public static List<ItemResult> items(String dataset, double... scores) {
    List<ItemResult> items = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      items.add(item(dataset, "human", "q" + i, "i" + i, new Outcome.Scored(scores[i], "4")));
    }
    return items;
  }

  public static CaptionRecord caption(
      String fingerprint, String text, @Nullable String end, long startedMillis, double seconds) {
    return new CaptionRecord(
        fingerprint,
        "charts",
        "i.png",
        "i",
        0,
        null,
        text,
        Ending.of(end),
        TokenCounts.UNKNOWN,
        null,
        null,
        new RequestTime(startedMillis, seconds));
  }

  /// One caption after the other, each as long as this.
  public static List<CaptionRecord> steady(int count, long millis) {
    List<CaptionRecord> captions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      captions.add(caption("c" + i, "a bar", "stop", 1000 + millis * i, millis / 1000.0));
    }
    return captions;
  }

  public static RunData run(RunRecord record, List<ItemResult> items, List<CaptionRecord> made) {
    Map<String, CaptionRecord> captions = new LinkedHashMap<>();
    made.forEach(caption -> captions.put(caption.fingerprint(), caption));
    return new RunData(
        record,
        Summarizer.summarize(items, CaptionTally.of(made)),
        items,
        captions,
        "digest of " + record.name());
  }

  public static RunData run(String name, List<ItemResult> items) {
    return run(record(name), items, List.of());
  }
}
