package dev.refract.harness.score.parse;

import java.util.List;
import java.util.regex.Pattern;

/// Phrases such as "The answer is" in the languages of the benchmarks, as regular expressions.
final class AnswerLeads {

  private static final String COLON = "[】\\]]?\\s*[:：=]?\\s*";

  /// Leads that need a verb or a colon, since their nouns are ordinary words.
  private static final List<String> PHRASES =
      List.of(
          // English
          "(?:(?:my|the|our|your)\\s+)?(?:(?:final|correct|right|best|most\\s+(?:likely|accurate|appropriate|suitable|probable)|short|predicted|chosen|selected)\\s+)*"
              + "(?:answer|anwser|anser|ans|choice|option|response|letter|guess|pick|selection)(?:\\s+(?:choice|option|letter))?"
              + "(?:\\s*\\([A-Z]\\s*(?:-|–|to|,)[^)]{0,20}\\))?"
              + "(?:\\s+(?:to|for)\\s+(?:the|this|that|your)\\s+(?:\\w+\\s+)?question)?"
              + "\\s*(?:\\*\\*\\s*)?(?:(?:therefore|thus|then|clearly)[,\\s]+)?"
              + "(?:is|would\\s+be|should\\s+be|must\\s+be|will\\s+be|has\\s+to\\s+be|seems\\s+to\\s+be|appears\\s+to\\s+be|[:：=]|->|→)"
              + "(?:\\s*\\*\\*)?\\s*(?:therefore|thus|clearly|likely|probably|most\\s+likely|simply|indeed)?\\s*:?\\s*",
          // German
          "(?:die\\s+)?(?:richtige\\s+|korrekte\\s+|endgültige\\s+)?(?:antwort|lösung|option)"
              + "(?:\\s+(?:ist|lautet|wäre)|\\s*[:=])\\s*:?\\s*(?:die\\s+|option\\s+|antwort\\s+)*",
          // French
          "(?:la\\s+)?(?:bonne\\s+)?(?:réponse|option|solution)(?:\\s+(?:correcte|finale|exacte|juste))?"
              + "(?:\\s+est|\\s+serait|\\s*[:=])\\s*:?\\s*(?:la\\s+|l['’]option\\s+|l['’])?",
          // Spanish
          "(?:la\\s+)?(?:respuesta|opción|solución|alternativa)(?:\\s+(?:correcta|final|adecuada))?"
              + "(?:\\s+es|\\s+sería|\\s*[:=])\\s*:?\\s*(?:la\\s+|el\\s+)?(?:opción\\s+|letra\\s+)?",
          // Portuguese
          "(?:a\\s+)?(?:resposta|opção|alternativa)(?:\\s+(?:correta|final|certa))?"
              + "(?:\\s+é|\\s+seria|\\s*[:=])\\s*:?\\s*(?:a\\s+)?(?:opção\\s+|letra\\s+|alternativa\\s+)?",
          // Italian
          "(?:la\\s+)?(?:risposta|opzione)(?:\\s+(?:corretta|giusta|finale|esatta))?"
              + "(?:\\s+è|\\s*[:=])\\s*:?\\s*(?:la\\s+|l['’]opzione\\s+)?",
          // Dutch, Polish, Turkish, Indonesian, Vietnamese
          "gabarito\\s*[:=]\\s*",
          "(?:rätt\\s+|rätta\\s+|rigtige\\s+)?svar(?:et)?(?:\\s+är|\\s+er|\\s*[:=])\\s*:?\\s*",
          "(?:správná\\s+)?odpověď(?:\\s+je|\\s*[:=])\\s*:?\\s*",
          "(?:คำตอบ)(?:ที่ถูกต้อง)?(?:คือ)?" + COLON,
          "(?:সঠিক\\s+)?উত্তর(?:\\s+হল)?" + COLON,
          "(?:het\\s+)?(?:juiste\\s+)?antwoord(?:\\s+is|\\s*[:=])\\s*:?\\s*",
          "(?:poprawna\\s+)?odpowiedź(?:\\s+to|\\s*[:=])\\s*:?\\s*",
          "(?:doğru\\s+)?(?:cevap|yanıt)\\s*[:=]?\\s*",
          "jawaban(?:nya)?(?:\\s+yang\\s+(?:benar|tepat))?(?:\\s+adalah|\\s*[:=])\\s*:?\\s*",
          "(?:đáp\\s+án|câu\\s+trả\\s+lời|trả\\s+lời|phương\\s+án)(?:\\s+(?:đúng|chính\\s+xác|cuối\\s+cùng))?(?:\\s+là|\\s*[:=])\\s*:?\\s*",
          // Russian, Arabic, Hindi
          "(?:правильный\\s+|верный\\s+|окончательный\\s+)?(?:ответ|(?<=верный\\s)вариант|(?<=правильный\\s)вариант)\\s*[:=—–-]?\\s*(?:вариант\\s+|под\\s+буквой\\s+)?",
          "(?:الإجابة|الاجابة|الجواب|الخيار\\s+الصحيح)(?:\\s+(?:الصحيحة|الصحيح|النهائية|النهائي))?(?:\\s+(?:هي|هو))?"
              + COLON
              + "(?:الخيار\\s+)?",
          "(?:सही\\s+)?(?:उत्तर|जवाब)(?:\\s+(?:है|विकल्प))?" + COLON,
          // Chinese
          "(?:最终|正确|正確|最后|最佳|本题|本題)?的?(?:答案|(?:选项|選項)(?=应|應|是|为|為))(?:应该|应当|應該|应|應)?(?:是|为|為|选|選)?"
              + COLON
              + "(?:选项|選項)?\\s*",
          "(?:正确|正確|合适|合適)的(?:是|为|為)" + COLON,
          "(?:应该?|應該?|故|我|本题|本題)?(?:选择|選擇|选(?!项)|選(?!項))" + COLON,
          // Japanese
          "(?:正しい|最終的な)?(?:答え|正解|正答|回答|解答|選択肢|のは)\\s*(?:は|[:：])?\\s*(?:選択肢)?\\s*",
          // Korean
          "(?:정답|답변|답|정답지|(?:올바른\\s+)?선택지|옵션)\\s*(?:은|는)?" + COLON + "(?:선택지\\s*|보기\\s*)?");

  private static final String CONNECTOR =
      "(?:(?:so|therefore|thus|hence|also|daher|donc|por\\s+(?:lo\\s+)?tanto|因此|所以|故|综上|よって|따라서)[,，、]?\\s*)?";

  /// Any lead, wherever it stands; not inside a longer word.
  static final String ANYWHERE =
      "(?<![\\p{IsLatin}\\p{IsCyrillic}])(?:" + String.join("|", PHRASES) + ")";

  /// A lead at the start of a reply.
  static final Pattern AT_START =
      Pattern.compile(
          "^" + CONNECTOR + "(?:" + String.join("|", PHRASES) + ")",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /// A lead at the start of a sentence or line, with all that follows it in its line.
  static final Pattern LAST_LINE =
      Pattern.compile(
          "(?:^|\\n|[.!?。]\\s)[^\\p{L}\\p{N}\\n]*"
              + CONNECTOR
              + "(?:"
              + String.join("|", PHRASES)
              + ")(\\S[^\\n]*)\\s*$",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private AnswerLeads() {}
}
