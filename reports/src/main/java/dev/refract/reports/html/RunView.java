package dev.refract.reports.html;

import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What the page of one run shows: its figures, where it comes from, and every question.
public record RunView(
    String name,
    String accuracy,
    String interval,
    int planned,
    int images,
    boolean finished,
    List<GroupRow> groups,
    List<Fact> facts,
    Set<String> outcomes,
    List<QuestionRow> questions) {

  private static final int MOST_SKIPPED = 100;

  public record GroupRow(
      String name,
      int n,
      int images,
      String accuracy,
      String interval,
      String abstained,
      String unparsed,
      String failed) {}

  public record Fact(String name, String value) {}

  /// @param outcome `right`, `partly`, `wrong`, `unparsed`, `abstained` or `failed`
  public record QuestionRow(
      String link,
      String image,
      String category,
      String group,
      String question,
      String answer,
      String gold,
      String score,
      String outcome) {}

  static RunView of(String name, RunRecord record, Summary summary, List<List<ItemResult>> images) {
    List<QuestionRow> questions = new ArrayList<>();
    Set<String> outcomes = new LinkedHashSet<>();
    for (int i = 0; i < images.size(); i++) {
      for (int q = 0; q < images.get(i).size(); q++) {
        QuestionRow row = question(images.get(i).get(q), ImageView.file(i) + "#q" + (q + 1));
        questions.add(row);
        outcomes.add(row.outcome);
      }
    }
    List<GroupRow> groups = new ArrayList<>();
    summary.datasets().forEach(g -> groups.add(group(g)));
    summary.groups().forEach(g -> groups.add(group(g)));
    return new RunView(
        name,
        Figures.percent(summary.overall().accuracy().mean()),
        Figures.interval(summary.overall().accuracy()),
        summary.overall().planned() + summary.overall().ungraded(),
        images.size(),
        record.state() == RunRecord.State.FINISHED,
        groups,
        facts(record, summary),
        outcomes,
        questions);
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
      case Outcome.Unscored _ -> "unscored";
    };
  }

  /// What was taken as the answer, or why there is none.
  static String answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Scored scored -> scored.answer();
      case Outcome.Unparsed _ -> "(unparsed)";
      case Outcome.Abstained _ -> "(unanswerable)";
      case Outcome.Unscored unscored -> unscored.answer();
      case Outcome.Failed failed -> "(%s failed: %s)".formatted(failed.stage(), failed.kind());
    };
  }

  private static QuestionRow question(ItemResult item, String link) {
    return new QuestionRow(
        link,
        item.imageNames(),
        item.category(),
        item.group(),
        item.question(),
        answer(item.outcome()),
        String.join(" | ", item.golds()),
        item.golds().isEmpty() ? "–" : Figures.decimal(item.outcome().score()),
        word(item.outcome()));
  }

  private static GroupRow group(Summary.Group g) {
    return new GroupRow(
        g.name(),
        g.planned(),
        g.images(),
        Figures.percent(g.accuracy().mean()),
        Figures.interval(g.accuracy()),
        Figures.share(g.abstained(), g.planned()),
        Figures.share(g.unparsed(), g.planned()),
        Figures.share(g.failed(), g.planned()));
  }

  private static List<Fact> facts(RunRecord record, Summary summary) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Captioner", RunJson.line(record.captioner())));
    facts.add(new Fact("Answerer", RunJson.line(record.answerer())));
    facts.add(
        new Fact("Protocol", record.protocol().id() + " version " + record.protocol().version()));
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
                      d.licence() == null ? "" : ", licence " + d.licence())));
      if (!d.skipped().isEmpty()) {
        facts.add(
            new Fact(
                "Left out of " + d.id(),
                String.join("\n", d.skipped().stream().limit(MOST_SKIPPED).toList())));
      }
    }
    Summary.Timing timing = summary.timing();
    facts.add(
        new Fact(
            "Time",
            "%d captions in %s s; %d answers in %s s"
                .formatted(
                    timing.captions(),
                    Figures.decimal(timing.captionSeconds()),
                    timing.answers(),
                    Figures.decimal(timing.answerSeconds()))));
    RunRecord.Environment where = record.environment();
    facts.add(new Fact("Harness", "refract " + where.harness() + ", Java " + where.java()));
    facts.add(
        new Fact(
            "Machine",
            "%s, %d processors, %s".formatted(where.processor(), where.processors(), where.os())));
    facts.add(new Fact("Created", record.created()));
    facts.add(new Fact("Fingerprint", record.fingerprint()));
    return facts;
  }
}
