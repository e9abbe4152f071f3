package dev.refract.harness.plan;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.score.Metrics;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol;
import java.util.List;
import java.util.Optional;

/// Rejects questions that cannot be asked or scored as intended.
public record QuestionCheck(Protocol protocol, PromptBuilder prompts) {

  private static final int LETTERS = 26;

  /// @throws DatasetException when the question cannot be asked or scored
  public void check(PlannedQuestion planned) {
    String problem = problem(planned.question());
    if (problem.isEmpty() && prompts.form() == PromptBuilder.Form.RAW) {
      problem = rawProblem(planned);
    }
    if (!problem.isEmpty()) {
      throw new DatasetException(
          "dataset '%s', question '%s': %s"
              .formatted(planned.dataset(), planned.question().id(), problem));
    }
  }

  private String problem(Question question) {
    int options = question.choices().size();
    int most = protocol.answer().options().shuffle() ? LETTERS - 1 : LETTERS;
    MetricName replaced = protocol.score().metric();
    Optional<MetricName> metric = MetricName.of(question.metric());
    if (metric.isEmpty()) {
      return "metric '%s' cannot be computed; known: %s"
          .formatted(question.metric(), String.join(", ", Metrics.names()));
    } else if (options > 0 ? !metric.get().takesOptions() : !metric.get().takesFreeAnswers()) {
      return options > 0
          ? "metric '%s' scores free answers, but the question has %d choices"
              .formatted(question.metric(), options)
          : "metric '%s' scores options, but the question has 0 choices"
              .formatted(question.metric());
    } else if (metric.get() == MetricName.CAPTIONQA && replaced != MetricName.CAPTIONQA) {
      return "metric 'captionqa' needs its options shuffled; give --protocol captionqa";
    } else if (protocol.answer().options().shuffle() && options < 2) {
      return ("protocol '%s' asks for letters, but the question has %d options;"
              + " select multiple-choice questions with --filter group=...")
          .formatted(protocol.id(), options);
    } else if (options > most) {
      return "expected at most %d choices, one per letter, found %d".formatted(most, options);
    } else if (protocol.score().mode() == MetricMode.STRICT
        && question.golds().stream().anyMatch(String::isBlank)) {
      return "an accepted answer is empty, which strict mode does not allow";
    }
    for (String gold : question.golds()) {
      boolean letter =
          gold.length() == 1 && gold.charAt(0) >= 'A' && gold.charAt(0) - 'A' < options;
      if (options > 0 && !letter) {
        return "expected the letter of a choice, A to %c, found '%s'"
            .formatted('A' + options - 1, gold);
      }
    }
    return "";
  }

  private String rawProblem(PlannedQuestion planned) {
    try {
      prompts.asked(planned, new PromptBuilder.TrialKey(0, 0, 0, 0), List.of(""));
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
