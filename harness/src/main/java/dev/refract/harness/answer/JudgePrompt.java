package dev.refract.harness.answer;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.score.parse.Parsed;
import dev.refract.reports.caption.ControlTokens;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.RunRecord;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The judge's prompt for a free answer, and the parser of its verdict. The wording is refract's
/// own; its version is part of the judge's identity.
public final class JudgePrompt {

  public static final String VERSION = "match/1";

  private static final String SYSTEM =
      "You grade answers. Reply CORRECT when the answer means the same as one of the accepted"
          + " answers, else INCORRECT. Judge the meaning, not the wording; numbers must agree."
          + " Reply with that one word.";
  private static final Pattern VERDICT = Pattern.compile("\\b(?:IN)?CORRECT\\b");
  private static final int MAX_VERDICT_CHARS = 2_000;

  private JudgePrompt() {}

  /// Everything that determines a verdict: the judge and the version of this prompt.
  public static RunRecord.Judge identity(TextAnswerer judge) {
    return new RunRecord.Judge(judge.identity(), VERSION);
  }

  /// @param reply the answerer's reply; truncated when it is too long to be an answer
  public static AnswerPrompt of(Question question, String reply) {
    String said =
        reply.length() > MAX_VERDICT_CHARS ? reply.substring(0, MAX_VERDICT_CHARS) : reply;
    return new AnswerPrompt(
        SYSTEM,
        "",
        "",
        "Question: %s\nAccepted answers: %s\nAnswer: %s"
            .formatted(
                ControlTokens.neutral(question.text()),
                ControlTokens.neutral(String.join(" | ", question.golds())),
                ControlTokens.neutral(said.strip())),
        false);
  }

  /// `CORRECT` or `INCORRECT`; {@link Parsed.Nothing} when the reply contains neither or both.
  public static Parsed verdict(String reply) {
    String found = "";
    Matcher word = VERDICT.matcher(Thoughts.of(reply).said().toUpperCase(Locale.ROOT));
    while (word.find()) {
      if (!found.isEmpty() && !found.equals(word.group())) {
        return new Parsed.Nothing();
      }
      found = word.group();
    }
    return found.isEmpty() ? new Parsed.Nothing() : new Parsed.Answer(found);
  }
}
