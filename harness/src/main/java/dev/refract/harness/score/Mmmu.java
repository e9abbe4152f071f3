package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// MMMU's score. For options, the letter that its script finds in the reply equals the gold; for a
/// free answer, one of the numbers in the reply's conclusions equals a gold rounded to two decimal
/// places, or one of the conclusions contains a gold.
///
/// Where the script finds no letter, it draws one at random; here such a reply has no answer.
///
/// Source: Yue et al. 2024, arXiv 2311.16502; `eval_utils.py` of MMMU and `evaluate.py` of
/// MMMU-Pro.
///
/// @param pro whether letters are found as MMMU-Pro finds them: after the last `Answer:`, and in
///   more forms
public record Mmmu(boolean pro) implements Metric {

  private static final List<String> ENDS = List.of(",", ".", "!", "?", ";", ":", "'");
  private static final String ANSWER = "Answer:";
  private static final int MIN_WORDS_FOR_CONTENT = 6;
  private static final List<String> INDICATORS =
      List.of("could be ", "so ", "is ", "thus ", "therefore ", "final ", "answer ", "result ");
  private static final List<String> TRIVIAL = List.of(":", ",", ".", "!", "?", ";", "'");
  private static final List<Pattern> NUMBERS =
      List.of(
          PythonText.pattern("-?\\b\\d{1,3}(?:,\\d{3})+\\b"),
          PythonText.pattern("-?\\d+(?:\\.\\d+)?[eE][+-]?\\d+"),
          PythonText.pattern("-?(?:\\d+\\.\\d+|\\.\\d+|\\d+\\b)(?![eE][+-]?\\d+)(?![,\\d])"));

  /// What the script compares: a number, or texts of which one must be contained in the other side.
  private sealed interface Form {
    record Number(double value) implements Form {}

    record Text(String text) implements Form {}
  }

  @Override
  public MetricName name() {
    return pro ? MetricName.MMMU_PRO : MetricName.MMMU;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    boolean right =
        key.choices().isEmpty() ? isRight(key.golds(), answer) : key.golds().contains(answer);
    return right ? 1 : 0;
  }

  @Override
  public String extracted(AnswerKey key, String reply) {
    return key.choices().isEmpty() ? reply : letter(key.choices(), reply);
  }

  /// The option's letter, or an empty text.
  private String letter(List<String> choices, String reply) {
    List<String> letters = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      letters.add(String.valueOf((char) ('A' + i)));
    }
    int last = pro ? reply.lastIndexOf(ANSWER) : -1;
    if (last >= 0) {
      String after = PythonText.strip(reply.substring(last + ANSWER.length()));
      List<String> found = letters.stream().filter(after::contains).toList();
      if (found.size() == 1) {
        return found.getFirst();
      }
    }
    String text = reply;
    for (String end : ENDS) {
      text = PythonText.strip(text, end.charAt(0));
    }
    String padded = " " + text + " ";
    List<String> forms = pro ? List.of("(%s)", "%s ", "%s.") : List.of("(%s)", " %s ");
    for (String form : forms) {
      List<String> found =
          letters.stream().filter(letter -> padded.contains(form.formatted(letter))).toList();
      if (!found.isEmpty()) {
        String place = form.equals("(%s)") ? form : " %s ";
        return last(
            found, found.stream().map(l -> padded.lastIndexOf(place.formatted(l))).toList());
      }
    }
    return PythonText.words(padded) < MIN_WORDS_FOR_CONTENT
        ? ""
        : content(letters, choices, PythonText.lower(padded));
  }

  private static String content(List<String> letters, List<String> choices, String reply) {
    List<String> found = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      int place = reply.lastIndexOf(PythonText.lower(choices.get(i)));
      if (place >= 0) {
        found.add(letters.get(i));
        places.add(place);
      }
    }
    return found.isEmpty() ? "" : last(found, places);
  }

  /// The candidate that stands last; the first of those at the same place.
  private static String last(List<String> candidates, List<Integer> places) {
    int best = 0;
    for (int i = 1; i < places.size(); i++) {
      best = places.get(i) > places.get(best) ? i : best;
    }
    return candidates.get(best);
  }

  private static boolean isRight(List<String> golds, String reply) {
    List<Form> accepted = golds.stream().flatMap(gold -> forms(gold).stream()).toList();
    List<Form> given = new ArrayList<>();
    for (String conclusion : conclusions(reply)) {
      given.addAll(forms(conclusion));
      for (Pattern number : NUMBERS) {
        Matcher found = number.matcher(conclusion);
        while (found.find()) {
          given.addAll(forms(found.group()));
        }
      }
    }
    return given.stream().anyMatch(one -> accepted.stream().anyMatch(gold -> agrees(gold, one)));
  }

  private static boolean agrees(Form gold, Form given) {
    return switch (given) {
      case Form.Text(String text) ->
          gold instanceof Form.Text(String wanted) && text.contains(wanted);
      case Form.Number(double value) ->
          gold instanceof Form.Number(double wanted) && value == wanted;
    };
  }

  /// The ends of lines after words such as "is"; the whole reply when there are none.
  private static List<String> conclusions(String reply) {
    String lower = PythonText.lower(PythonText.strip(PythonText.strip(reply), '.'));
    String[] lines = lower.split("\n", -1);
    List<String> conclusions = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      List<String> indicators = new ArrayList<>(INDICATORS);
      if (i == lines.length - 1) {
        indicators.add("=");
      }
      String shortest = "";
      for (String indicator : indicators) {
        int at = lines[i].lastIndexOf(indicator);
        if (at >= 0) {
          String end = PythonText.strip(lines[i].substring(at + indicator.length()));
          boolean isShorter =
              end.codePointCount(0, end.length()) < shortest.codePointCount(0, shortest.length());
          shortest = shortest.isEmpty() || isShorter ? end : shortest;
        }
      }
      if (!shortest.isEmpty() && !TRIVIAL.contains(shortest)) {
        conclusions.add(shortest);
      }
    }
    return conclusions.isEmpty() ? List.of(lower) : conclusions;
  }

  private static List<Form> forms(String text) {
    String stripped = PythonText.strip(text);
    OptionalDouble number = PythonText.toFloat(stripped.replace(",", ""));
    if (number.isPresent()) {
      return List.of(new Form.Number(PythonText.round(number.getAsDouble(), 2)));
    }
    String lower = PythonText.lower(stripped);
    return lower.codePointCount(0, lower.length()) == 1
        ? List.of(new Form.Text(" " + lower), new Form.Text(lower + " "))
        : List.of(new Form.Text(lower));
  }
}
