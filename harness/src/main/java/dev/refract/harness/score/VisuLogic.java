package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// VisuLogic's score: the letter in the last box of a reply, or else in one of a few plain
/// sentences, equals the gold.
///
/// Source: Xu et al. 2025, arXiv 2504.15279; `visulogic.py` of VLMEvalKit.
public record VisuLogic() implements Metric {

  private static final List<String> LETTERS = List.of("A", "B", "C", "D");
  private static final Pattern BOX = Pattern.compile("\\\\boxed\\{|[^\\\\]\\}", Pattern.DOTALL);
  private static final String BOX_START = "\\boxed{";

  /// A shorter reply is taken as it is.
  private static final int MIN_CHARS = 3;

  private static final List<String> DECORATION = List.of("\\text{", "\\rm{", "\\mathbf{", "$", "}");

  /// Longer content of a box is not a letter.
  private static final int MAX_BOX_CHARS = 2;

  private static final List<String> LEADS =
      List.of(
          "answer:",
          "the final answer is:",
          "the answer is option:",
          "the answer is:",
          "the correct answer is option:",
          "the correct answer is:",
          "the answer should be:",
          "the final answer is",
          "the answer is option",
          "the answer is",
          "the correct answer is option",
          "the correct answer is",
          "the answer should be");

  @Override
  public MetricName name() {
    return MetricName.VISULOGIC;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return key.golds().contains(answer) ? 1 : 0;
  }

  @Override
  public String extracted(AnswerKey key, String reply) {
    String boxed = PythonText.strip(boxed(reply));
    return LETTERS.contains(boxed) ? boxed : sentence(reply).orElse("");
  }

  /// The content of the last outermost box; the whole reply when that cannot be a letter.
  private static String boxed(String reply) {
    if (reply.codePointCount(0, reply.length()) < MIN_CHARS) {
      return reply;
    }
    Deque<Integer> open = new ArrayDeque<>();
    String last = null;
    Matcher mark = BOX.matcher(reply);
    while (mark.find()) {
      if (mark.group().endsWith(BOX_START)) {
        open.push(mark.end());
      } else if (!open.isEmpty()) {
        int start = open.pop();
        if (open.isEmpty()) {
          int end = mark.end() - 1;
          last = reply.substring(Math.min(start, end), end);
        }
      }
    }
    if (last == null) {
      return reply;
    }
    for (String command : DECORATION) {
      last = last.replace(command, "");
    }
    boolean isLetter =
        last.codePointCount(0, last.length()) <= MAX_BOX_CHARS && !last.contains("or");
    return isLetter ? last : reply;
  }

  private static Optional<String> sentence(String reply) {
    String text = reply.replace("<|endoftext|>", "");
    for (String letter : LETTERS) {
      if (text.endsWith(" " + letter + ".")
          || text.endsWith(" (" + letter + ").")
          || text.startsWith(letter + "\n")
          || text.startsWith("(" + letter + ")\n")
          || text.startsWith("(" + letter + ") " + letter + "\n")) {
        return Optional.of(letter);
      }
    }
    String rest = PythonText.lower(text);
    for (String lead : LEADS) {
      int at = rest.lastIndexOf(lead);
      if (at >= 0) {
        rest = PythonText.strip(rest.substring(at + lead.length()));
        rest = upTo(upTo(rest, '\n'), '.');
        String letter = PythonText.upper(rest);
        if (LETTERS.contains(letter)) {
          return Optional.of(letter);
        }
      }
    }
    return LETTERS.contains(text) ? Optional.of(text) : Optional.empty();
  }

  private static String upTo(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }
}
