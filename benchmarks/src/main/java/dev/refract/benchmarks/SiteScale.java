package dev.refract.benchmarks;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.html.Site;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.TokenCounts;
import dev.refract.reports.result.Trial;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.Summarizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Measures the time to build a site of 20 runs of 10,000 questions on 5,000 images, with captions
/// of about 250 words; then the time to build it again without changes.
///
/// `java -Xmx1g -cp benchmarks/target/benchmarks.jar dev.refract.benchmarks.SiteScale [runs]
/// [images]`
public final class SiteScale {

  private static final int QUESTIONS = 2;

  private SiteScale() {}

  public static void main(String[] args) throws IOException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    int images = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
    Path folder = Files.createTempDirectory("refract-site");
    try {
      List<RunFile> runs = new ArrayList<>();
      for (int r = 0; r < count; r++) {
        runs.add(run(folder.resolve("runs").resolve("step-" + r), r, count, images));
      }
      Path site = folder.resolve("site");
      String what =
          String.format(Locale.ROOT, "site of %d runs of %,d questions", count, images * QUESTIONS);
      Row.alone(what + ", build", seconds(site, runs), "s", "under 60, with -Xmx1g").print();
      Row.alone(what + ", build again", seconds(site, runs), "s", "").print();
      sizes(site);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static double seconds(Path site, List<RunFile> runs) throws IOException {
    long start = System.nanoTime();
    new Site(site).write(runs);
    return (System.nanoTime() - start) / 1e9;
  }

  private static void sizes(Path site) throws IOException {
    long whole = 0;
    long largest = 0;
    int count = 0;
    try (Stream<Path> all = Files.walk(site)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        whole += Files.size(file);
        largest = Math.max(largest, Files.size(file));
        count++;
      }
    }
    System.err.printf(
        Locale.ROOT,
        "index page %d KB, largest page %d KB, %,d files, %d MB%n",
        Files.size(site.resolve("index.html")) / 1024,
        largest / 1024,
        count,
        whole >> 20);
  }

  private static RunFile run(Path folder, int number, int of, int images) throws IOException {
    RunFile run = new RunFile(Files.createDirectories(folder));
    Random random = new Random(number);
    List<CaptionRecord> captions = new ArrayList<>();
    List<ItemResult> items = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      String text =
          "Image %d of run %d. ".formatted(i, number) + "It shows a little of all. ".repeat(40);
      captions.add(
          new CaptionRecord(
              "f" + i,
              "d",
              i + ".png",
              "s" + i,
              0,
              null,
              text,
              Ending.of("stop"),
              new TokenCounts(null, null, 300, null),
              null,
              null,
              new RequestTime(1 + i, 0.5)));
      for (int q = 0; q < QUESTIONS; q++) {
        items.add(item(i, q, text, random.nextDouble() < 0.5 + 0.3 * number / of));
      }
    }
    String name = folder.getFileName().toString();
    RunJson.replace(run.recordFile(), RunJson.pretty(record(name, images)));
    JsonLines.replace(run.captionsFile(), captions);
    JsonLines.replace(run.itemsFile(), items);
    RunJson.replace(
        run.summaryFile(), RunJson.pretty(Summarizer.summarize(items, CaptionTally.of(captions))));
    return run;
  }

  private static ItemResult item(int image, int question, String caption, boolean right) {
    Trial trial =
        new Trial(
            0,
            0,
            0,
            0,
            List.of(),
            List.of("f" + image),
            "Answer.\n\nDescription of an image:\n" + caption + "\n\nQuestion: so?",
            right ? "yes" : "no",
            new Outcome.Scored(right ? 1 : 0, right ? "yes" : "no"),
            null);
    return new ItemResult(
        "d",
        image + "-" + question,
        List.of(new ItemResult.Image(image + ".png", "s" + image)),
        "chart",
        "group " + question,
        "Is what question %d asks of image %d so?".formatted(question, image),
        List.of(),
        List.of("yes"),
        "exact_match",
        Map.of(),
        null,
        List.of(trial));
  }

  private static RunRecord record(String name, int images) {
    return new RunRecord(
        RunRecord.FORMAT,
        new RunRecord.Names(name, name, "llm"),
        name,
        RunRecord.State.FINISHED,
        new RunRecord.Models(
            new ModelIdentity.Imported(name), new ModelIdentity.Imported("llm"), null),
        new RunRecord.Protocol(
            "p",
            1,
            "x",
            "d",
            1,
            "chat",
            "s",
            "{caption}{question}{options}",
            "lenient",
            null,
            "official"),
        RunRecord.TrialCounts.ONCE,
        List.of(
            new RunRecord.Dataset(
                "d",
                "D",
                "JSONL",
                null,
                new RunRecord.Terms(null, RunRecord.Display.HIDE),
                null,
                "sha256:0",
                images,
                images,
                "",
                images * QUESTIONS,
                List.of())),
        new RunRecord.Environment(
            "bench", "25", "Linux", "cpu", 2, List.of(), null, List.of(), null),
        null,
        "2026-01-01T00:00:00Z",
        null);
  }
}
