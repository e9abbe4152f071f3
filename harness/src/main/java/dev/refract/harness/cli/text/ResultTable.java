package dev.refract.harness.cli.text;

import static dev.refract.reports.render.NumberFormats.PLAIN;

import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.ReplyEnds;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Summary.Group;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results as aligned columns: a line for each run and dataset, and the macro mean where there are
/// several datasets. Empty columns are left out.
public final class ResultTable {

  private static final String NOTHING = "-";
  private static final int LEFT_ALIGNED_COLUMNS = 3;

  private final List<Entry> entries;
  private final List<Map<String, String>> rows = new ArrayList<>();

  private record Entry(RunRecord record, Summary summary) {}

  private ResultTable(List<Entry> entries) {
    this.entries = entries;
  }

  public static String of(List<RunFile> runs) {
    ResultTable table =
        new ResultTable(runs.stream().map(r -> new Entry(r.record(), r.summary())).toList());
    table.entries.forEach(table::add);
    return table.aligned() + approximations(runs);
  }

  /// What the mark of approximate scores means, one line for each dataset.
  private static String approximations(List<RunFile> runs) {
    return runs.stream()
        .flatMap(run -> run.record().datasets().stream())
        .filter(dataset -> dataset.approximate().isPresent())
        .map(dataset -> "%s: %s%n".formatted(dataset.label(), dataset.approximate().get()))
        .distinct()
        .collect(Collectors.joining());
  }

  private void add(Entry entry) {
    Summary summary = entry.summary;
    for (Group g : summary.datasets()) {
      Map<String, String> row =
          row(entry, entry.record.label(g.name()), g.planned(), g.images(), g.accuracy());
      floor(entry, g.name()).ifPresent(floor -> lift(row, g.accuracy(), floor));
      row.put("best of n", percent(g.best()));
      row.put("circular", percent(g.circular()));
      judged(row, g.judged());
      shares(row, g.answers(), g.outcomes());
      row.put("spread", spread(g.repeats()));
      health(row, entry);
      rows.add(row);
    }
    if (summary.datasets().size() > 1) {
      Summary.Overall o = summary.overall();
      Map<String, String> row = row(entry, "macro mean", o.planned(), o.images(), o.accuracy());
      floor(entry, null).ifPresent(floor -> lift(row, o.accuracy(), floor));
      row.put("best of n", percent(o.best()));
      row.put("circular", percent(o.circular()));
      row.put("judged", percent(o.judged()));
      row.put("judge unclear", NOTHING);
      row.put("judge failed", count(o.judgedFailed()));
      shares(row, o.answers(), o.outcomes());
      row.put("spread", NOTHING);
      health(row, entry);
      rows.add(row);
    }
  }

  private Map<String, String> row(
      Entry entry, String dataset, int n, int images, Estimate accuracy) {
    boolean several = entries.stream().map(e -> e.record.answererId()).distinct().count() > 1;
    Map<String, String> row = new LinkedHashMap<>();
    row.put("captioner", several ? entry.record.captionerId() : entry.record.name());
    row.put("answerer", several ? entry.record.answererId() : NOTHING);
    row.put("dataset", dataset);
    row.put("n", "" + n);
    row.put("images", "" + images);
    row.put("accuracy", percent(accuracy.mean()));
    row.put("95% interval", PLAIN.interval(accuracy.low(), accuracy.high()));
    row.put("lift", NOTHING);
    return row;
  }

  private static void lift(Map<String, String> row, Estimate accuracy, double floor) {
    row.put("lift", number("%+.1f", 100 * (accuracy.mean() - floor)));
  }

  /// The judge's score and number of answers, and how many verdicts were unclear or failed.
  private static void judged(Map<String, String> row, Summary.@Nullable Judged judged) {
    boolean some = judged != null && judged.failed() < judged.n();
    row.put(
        "judged",
        judged != null && some ? percent(judged.score().mean()) + " of " + judged.n() : NOTHING);
    row.put("judge unclear", judged == null ? NOTHING : count(judged.unparsed()));
    row.put("judge failed", judged == null ? NOTHING : count(judged.failed()));
  }

  private static String count(int number) {
    return number == 0 ? NOTHING : "" + number;
  }

  /// The accuracy of the blind control with the same answerer on the same questions.
  private OptionalDouble floor(Entry entry, @Nullable String dataset) {
    for (Entry other : entries) {
      if (other != entry && other.record.isFloorOf(entry.record)) {
        return dataset == null
            ? OptionalDouble.of(other.summary.overall().accuracy().mean())
            : other.summary.datasets().stream()
                .filter(g -> g.name().equals(dataset))
                .mapToDouble(g -> g.accuracy().mean())
                .findFirst();
      }
    }
    return OptionalDouble.empty();
  }

  private static void shares(Map<String, String> row, int answers, Summary.OutcomeCounts outcomes) {
    row.put("answers", "" + answers);
    row.put("wholly right", share(outcomes.right(), answers));
    row.put("abstained", share(outcomes.abstained(), answers));
    row.put("unparsed", share(outcomes.unparsed(), answers));
    row.put(
        "unsupported",
        outcomes.unsupported() == 0 ? NOTHING : share(outcomes.unsupported(), answers));
    row.put("failed", share(outcomes.failed(), answers));
  }

  /// The lowest and the highest accuracy of the repeats.
  private static String spread(List<Double> repeats) {
    return repeats.isEmpty()
        ? NOTHING
        : number(
            "%.1f to %.1f",
            100 * repeats.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
            100 * repeats.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private static void health(Map<String, String> row, Entry entry) {
    CaptionHealth health = entry.summary.health();
    double rate = entry.summary.timing().captionsPerSecond();
    boolean silent = health.words() == 0;
    row.put("words", silent ? NOTHING : number("%.0f", health.words()));
    row.put("truncated", count(health.truncated(), health.captions()));
    row.put(
        "empty",
        entry.record.isControl() ? NOTHING : count(health.ends().empty(), health.captions()));
    row.put("filtered", count(health.ends().filtered(), health.captions()));
    row.put("looping", count(health.looping(), health.captions()));
    row.put("meta", count(health.meta(), health.captions()));
    row.put("control tokens", health.controlTokens() == 0 ? NOTHING : "" + health.controlTokens());
    ReplyEnds answers = entry.summary.answerEnds();
    int asked = entry.summary.overall().answers();
    row.put("answers truncated", count(answers.truncated(), asked));
    row.put("answers empty", count(answers.empty(), asked));
    row.put("answers filtered", count(answers.filtered(), asked));
    row.put("captions/s", rate > 0 && !entry.record.isControl() ? number("%.2f", rate) : NOTHING);
  }

  private static String count(int part, int whole) {
    return part == 0 ? NOTHING : share(part, whole);
  }

  private static String share(int part, int whole) {
    return PLAIN.percentSign(NumberFormats.share(part, whole));
  }

  private static String percent(@Nullable Double share) {
    return PLAIN.percentSign(share);
  }

  @SuppressWarnings("AnnotateFormatMethod") // all callers are in this file
  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private String aligned() {
    if (rows.isEmpty()) {
      return "";
    }
    List<String> heads =
        rows.getFirst().keySet().stream()
            .filter(head -> rows.stream().anyMatch(row -> !NOTHING.equals(row.get(head))))
            .filter(head -> !head.equals("answers") || asksMoreThanOnce())
            .filter(head -> !head.equals("wholly right") || rewardsAbstention())
            .toList();
    List<List<String>> lines = new ArrayList<>();
    lines.add(heads);
    rows.forEach(row -> lines.add(heads.stream().map(h -> String.valueOf(row.get(h))).toList()));
    return TextTable.columns(
        lines, heads.contains("answerer") ? LEFT_ALIGNED_COLUMNS : LEFT_ALIGNED_COLUMNS - 1, "");
  }

  private boolean asksMoreThanOnce() {
    return rows.stream().anyMatch(row -> !String.valueOf(row.get("answers")).equals(row.get("n")));
  }

  /// Whether abstaining scores points, so that the score is not the share of right answers.
  private boolean rewardsAbstention() {
    return entries.stream().anyMatch(e -> "captionqa".equals(e.record.protocol().metric()));
  }
}
