package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.caption.GoldInCaption;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.html.part.CaptionRateView;
import dev.refract.reports.html.part.OutcomeShares;
import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.render.Plots;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.ReplyEnds;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.ServedModel;
import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.Estimate;
import dev.refract.reports.tally.Loss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Content of the page of one run: its figures, provenance and questions.
public record RunView(
    Headline headline,
    List<GroupRow> groups,
    List<Fact> health,
    List<LetterRow> letters,
    LengthCurve lengths,
    List<Fact> provenance,
    Outcomes outcomes,
    List<Fact> speed,
    CaptionRateView rate,
    TelemetryView telemetry,
    List<QuestionRow> matters,
    List<String> lists) {

  private static final int MAX_SKIPPED_SHOWN = 100;
  private static final int MAX_QUESTIONS_THAT_MATTER = 100;
  private static final int MAX_TEXT_CHARS = 300;

  /// @param how how the questions were answered
  /// @param scores in what imported scores differ from refract's own; empty without any
  public record Headline(
      String name,
      Estimate accuracy,
      int questions,
      int images,
      String how,
      String scores,
      boolean finished) {}

  public record GroupRow(
      String name,
      int n,
      int images,
      Estimate accuracy,
      @Nullable Double best,
      @Nullable Double circular,
      @Nullable Double judged,
      OutcomeShares outcomes) {}

  /// Accuracy by length of the caption.
  ///
  /// @param plot empty without rows
  public record LengthCurve(List<BudgetRow> rows, String plot) {}

  /// @param counts how many questions had each outcome
  /// @param lost where the points were lost
  public record Outcomes(List<Fact> counts, List<Fact> lost) {}

  /// How often a letter was chosen and how often it was right, in the order shown.
  public record LetterRow(String letter, int chosen, int gold) {}

  /// The accuracy with captions cut to this many pieces.
  public record BudgetRow(String pieces, Estimate accuracy) {}

  public record Fact(String name, String value) {}

  /// @param link to the question
  /// @param image names of its images
  /// @param kind category and group
  /// @param score null where the gold is secret
  /// @param outcome `right`, `partly`, `wrong`, `unparsed`, `abstained` or `failed`
  /// @param gold whether the caption has the gold
  public record QuestionRow(
      String link,
      String image,
      String kind,
      Exchange exchange,
      @Nullable Double score,
      String outcome,
      GoldInCaption gold) {}

  /// @param answers parsed from the replies
  public record Exchange(String question, String answers, String golds) {}

  /// @param lists number of question lists
  static RunView of(
      String name,
      RunRecord record,
      Summary summary,
      CaptionRateView rate,
      TelemetryView telemetry,
      List<RunPages.PageRef> questions,
      int lists) {
    List<GroupRow> groups = new ArrayList<>();
    summary.datasets().forEach(g -> groups.add(group(g)));
    summary.groups().forEach(g -> groups.add(group(g)));
    Map<String, Integer> counts = new LinkedHashMap<>();
    questions.forEach(q -> counts.merge(word(q.item()), 1, Integer::sum));
    List<Fact> lost = lost(questions);
    return new RunView(
        new Headline(
            name,
            summary.overall().accuracy(),
            questions.size(),
            (int) questions.stream().map(q -> q.item().cluster()).distinct().count(),
            Answered.of(record, summary).words(),
            importedScores(questions),
            record.state() == RunRecord.State.FINISHED),
        groups,
        health(summary.health()),
        summary.letters().entrySet().stream()
            .map(l -> new LetterRow(l.getKey(), l.getValue().chosen(), l.getValue().gold()))
            .toList(),
        new LengthCurve(budgets(summary), curve(summary)),
        facts(record, summary),
        new Outcomes(
            counts.entrySet().stream().map(c -> new Fact(c.getKey(), "" + c.getValue())).toList(),
            lost),
        SpeedFacts.of(summary.timing(), describes(record)),
        rate,
        telemetry,
        questions.stream()
            .filter(q -> MATTER.contains(word(q.item())))
            .sorted(Comparator.comparingInt(q -> MATTER.indexOf(word(q.item()))))
            .limit(MAX_QUESTIONS_THAT_MATTER)
            .map(RunView::row)
            .toList(),
        IntStream.range(0, lists).mapToObj(RunView::list).toList());
  }

  /// Position of the whole caption in the curve: beyond every cut.
  private static double whole(Summary summary) {
    double longest = summary.budgets().stream().mapToInt(Summary.Budget::pieces).max().orElse(0);
    return Math.max(summary.health().pieces(), 1.25 * longest);
  }

  /// Where the points of a run were lost, each question in one row, so that the rows add up to 100.
  private static List<Fact> lost(List<RunPages.PageRef> questions) {
    List<RunPages.PageRef> graded =
        questions.stream().filter(q -> !q.item().golds().isEmpty()).toList();
    Map<Loss, Double> points = new EnumMap<>(Loss.class);
    double right = 0;
    for (RunPages.PageRef question : graded) {
      double score = question.item().score();
      right += score;
      if (score < 1) {
        points.merge(Loss.of(question.item(), question.gold()), 1 - score, Double::sum);
      }
    }
    boolean captions = questions.stream().anyMatch(q -> q.gold() != GoldInCaption.NO_CAPTION);
    if (points.isEmpty() || !captions) {
      return List.of();
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Right", share(right, graded.size())));
    points.forEach((loss, lost) -> facts.add(new Fact(loss.words(), share(lost, graded.size()))));
    return facts;
  }

  private static String share(double points, int questions) {
    return FORMAT.percent(points / questions) + " points";
  }

  /// Outcomes in the order in which a reader should check them, the most serious first.
  private static final List<String> MATTER =
      List.of(
          "failed", "unparsed", "unsupported", "wrong", "partly", "abstained", "unscored", "right");

  static String list(int index) {
    return String.format(Locale.ROOT, "questions-%04d.html", index + 1);
  }

  private static String curve(Summary summary) {
    List<Plots.Point> points =
        summary.budgets().stream()
            .map(b ->
                new Plots.Point(
                    b.pieces() == 0 ? "whole" : b.pieces() + " pieces",
                    b.pieces() == 0 ? whole(summary) : b.pieces(),
                    100 * b.accuracy().mean(),
                    100 * b.accuracy().low(),
                    100 * b.accuracy().high()))
            .sorted(Comparator.comparingDouble(Plots.Point::x))
            .toList();
    return points.isEmpty()
        ? ""
        : Plots.curve(
            points,
            List.of(),
            "caption length in pieces; the last point is the whole caption",
            "Accuracy by caption length; the table below has the figures");
  }

  private static List<BudgetRow> budgets(Summary summary) {
    return summary.budgets().stream()
        .map(b ->
            new BudgetRow(b.pieces() == 0 ? "whole" : String.valueOf(b.pieces()), b.accuracy()))
        .toList();
  }

  private static List<Fact> health(CaptionHealth h) {
    List<Fact> facts = new ArrayList<>();
    if (h.captions() + h.failed() == 0) {
      return facts;
    }
    facts.add(new Fact("Captions", h.captions() + ", failed " + h.failed()));
    facts.add(
        new Fact(
            "Mean length",
            "%s words, %s pieces%s"
                .formatted(
                    Math.round(h.words()),
                    Math.round(h.pieces()),
                    h.tokens() == null ? "" : ", " + Math.round(h.tokens()) + " tokens")));
    facts.add(
        new Fact(
            "Truncated at the token limit",
            FORMAT.percentSign(NumberFormats.share(h.truncated(), h.captions()))));
    if (!h.ends().equals(ReplyEnds.NONE)) {
      facts.add(new Fact("Captions that are not whole", h.ends().words()));
    }
    facts.add(
        new Fact(
            "Accuracy without truncated captions", FORMAT.percent(h.withoutTruncated().mean())));
    facts.add(
        new Fact("Looping", FORMAT.percentSign(NumberFormats.share(h.looping(), h.captions()))));
    facts.add(
        new Fact(
            "About the description itself",
            FORMAT.percentSign(NumberFormats.share(h.meta(), h.captions()))));
    facts.add(
        new Fact(
            "Control tokens made harmless",
            h.controlTokens() + " in " + h.withControlTokens() + " captions"));
    return facts;
  }

  /// The outcome of a question in one word: from the mean of all its trials, or failed when one
  /// failed.
  static String word(ItemResult item) {
    Outcome representative = item.representative().outcome();
    if (item.scoredTrials().count() == 1 || representative instanceof Outcome.Failed) {
      return word(representative);
    } else if (item.golds().isEmpty()) {
      return "unscored";
    }
    return item.score() == 1 ? "right" : item.score() == 0 ? "wrong" : "partly";
  }

  /// The outcome in one word.
  static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Scored scored when scored.value() == 1 -> "right";
      case Outcome.Scored scored when scored.value() == 0 -> "wrong";
      case Outcome.Scored _ -> "partly";
      case Outcome.Unparsed _ -> "unparsed";
      case Outcome.Abstained _ -> "abstained";
      case Outcome.Failed _ -> "failed";
      case Outcome.Unsupported _ -> "unsupported";
      case Outcome.Unscored _ -> "unscored";
    };
  }

  static QuestionRow row(RunPages.PageRef placed) {
    ItemResult item = placed.item();
    return new QuestionRow(
        placed.link(),
        item.imageNames(),
        item.category() + " / " + item.group(),
        new Exchange(
            shortened(item.question()),
            shortened(
                item.scoredTrials()
                    .map(t -> t.outcome().shown())
                    .distinct()
                    .collect(Collectors.joining(" | "))),
            shortened(String.join(" | ", item.golds()))),
        item.golds().isEmpty() ? null : item.score(),
        word(item),
        placed.gold());
  }

  /// Cut to a length that fits a table cell.
  private static String shortened(String text) {
    return text.length() > MAX_TEXT_CHARS ? text.substring(0, MAX_TEXT_CHARS) + "…" : text;
  }

  private static GroupRow group(Summary.Group g) {
    return new GroupRow(
        g.name(),
        g.planned(),
        g.images(),
        g.accuracy(),
        g.best(),
        g.circular(),
        g.judged() == null ? null : g.judged().score().mean(),
        OutcomeShares.of(g.outcomes(), g.answers()));
  }

  /// Whether captions were made here, so that their speed is one of the captioner.
  static boolean describes(RunRecord record) {
    return switch (record.captioner()) {
      case ModelIdentity.Imported _, ModelIdentity.Written _ -> false;
      default -> !record.isControl();
    };
  }

  /// In what the scores that came with an import differ from refract's own; empty without any.
  private static String importedScores(List<RunPages.PageRef> questions) {
    int imported = 0;
    int other = 0;
    double theirs = 0;
    double own = 0;
    for (RunPages.PageRef question : questions) {
      if (question.item().representative().outcome()
              instanceof Outcome.Scored(double value, _, Outcome.Basis basis, Double refract)
          && basis == Outcome.Basis.IMPORTED
          && refract != null) {
        imported++;
        other += value == refract ? 0 : 1;
        theirs += value;
        own += refract;
      }
    }
    return imported == 0
        ? ""
        : "The scores came with the import. Refract's own rules give another score to %d of %d answers: %s %% instead of %s %%."
            .formatted(
                other, imported, FORMAT.percent(own / imported), FORMAT.percent(theirs / imported));
  }

  private static List<Fact> facts(RunRecord record, Summary summary) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Captioner", RunJson.text(record.captioner())));
    facts.add(new Fact("Answerer", RunJson.text(record.answerer())));
    if (!summary.answerEnds().equals(ReplyEnds.NONE)) {
      facts.add(new Fact("Answers that are not whole", summary.answerEnds().words()));
    }
    facts.add(
        new Fact(
            "Protocol",
            "%s version %d, answers requested in %s form, scored %s"
                .formatted(
                    record.protocol().id(),
                    record.protocol().version(),
                    record.protocol().answerForm(),
                    record.protocol().mode())));
    RunRecord.TrialCounts asking = record.asking();
    facts.add(
        new Fact(
            "Trials",
            "%d captions per image, %d rotations, %d repeats"
                .formatted(record.protocol().captions(), asking.rotations(), asking.repeats())));
    if (record.judge() != null) {
      facts.add(new Fact("Judge", RunJson.text(record.judge())));
    }
    for (Summary.Group group : summary.datasets()) {
      if (!group.repeats().isEmpty()) {
        facts.add(
            new Fact(
                "Repeats of " + group.name(),
                String.join(", ", group.repeats().stream().map(FORMAT::percent).toList())));
      }
    }
    for (RunRecord.Dataset d : record.datasets()) {
      facts.add(
          new Fact(
              "Dataset " + d.id(),
              "%s, %s, %d questions, %s%s%s"
                  .formatted(
                      d.layout(),
                      d.extent(),
                      d.questions(),
                      d.checksum(),
                      d.revision() == null ? "" : ", revision " + d.revision(),
                      d.licence() == null
                          ? d.scoring()
                          : ", licence " + d.licence() + d.scoring())));
      if (!d.skipped().isEmpty()) {
        facts.add(
            new Fact(
                "Left out of " + d.id(),
                String.join("\n", d.skipped().stream().limit(MAX_SKIPPED_SHOWN).toList())));
      }
    }
    boolean isImport = record.answerer() instanceof ModelIdentity.Imported;
    Summary.Timing timing = summary.timing();
    if (!isImport) {
      String answers =
          "%d answers in %s s".formatted(timing.answers(), FORMAT.decimal(timing.answerSeconds()));
      facts.add(
          new Fact(
              "Time",
              describes(record)
                  ? "%d captions in %s s; %s"
                      .formatted(
                          timing.captions(), FORMAT.decimal(timing.captionSeconds()), answers)
                  : answers));
    }
    RunRecord.Environment where = record.environment();
    facts.add(new Fact("Harness", "refract " + where.harness() + ", Java " + where.java()));
    String machine =
        "%s, %d processors, %s".formatted(where.processor(), where.processors(), where.os());
    facts.add(new Fact(isImport ? "Imported on" : "Machine", machine));
    if (!isImport) {
      facts.add(
          new Fact(
              "GPUs",
              where.gpus().isEmpty()
                  ? "none on the client's machine"
                  : String.join("; ", where.gpus()) + ", driver " + where.driver()));
    }
    if (!where.servers().isEmpty()) {
      facts.add(new Fact("Server", String.join("; ", where.servers())));
    }
    if (!where.readings().isEmpty()) {
      facts.add(
          new Fact(
              "Models as their servers name them",
              String.join("; ", where.readings().stream().map(ServedModel::words).toList())));
    }
    if (!where.modelChanges().isEmpty()) {
      facts.add(
          new Fact(
              "Changed behind its name during the run", String.join("; ", where.modelChanges())));
    }
    if (record.command() != null) {
      facts.add(new Fact("Command", record.command()));
    }
    facts.add(new Fact("Created", record.created()));
    facts.add(new Fact("Fingerprint", record.fingerprint()));
    return facts;
  }
}
