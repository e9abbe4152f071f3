package dev.refract.harness.score.parse;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the letter that a reply chooses. A letter counts only in a form that names an option, so
/// that "A dog is shown" is not A and "The BBC" is not C.
///
/// A statement such as "The answer is B" counts more than a mention such as "Option A", which often
/// stands in the reasoning before it. Two different statements are no answer, and neither are two
/// different mentions without a statement. A denied letter, as in "It is not B", does not count.
final class ChoiceLetters {

  private static final int DENIAL_CHARS = 60;

  /// A letter with its decoration, such as `**(B)**.`
  private static final int MAX_LONE_CHARS = 12;

  private static final String DECORATION =
      "[\\s*_`$\"'“”‘’„«»‹›「」『』【】《》〔〕(){}\\[\\]<>.,:;!?#~•→|\\\\[\\p{So}&&[^✗✘❌❎]]\\x{fe0f}。，、：；！？（）-]*";
  private static final String OPEN = "[\\s*_`$\"'“‘„«「『【《〔\\[({<:：~>-]{0,8}";
  private static final String CLOSE = "[\\s*_`$\"'”’“»」』】》〕\\])}>]{0,8}";

  private static final String LETTER =
      "(?<![\\p{IsLatin}\\p{N}])([A-Z])(?![\\p{IsLatin}\\p{N}+]|['’]\\p{L}|\\.[A-Z]|-\\p{Ll})";
  private static final String ANY_LETTER =
      "(?<![\\p{IsLatin}\\p{N}])([A-Za-z])(?![\\p{IsLatin}\\p{N}+]|['’]\\p{L}|\\.[A-Z]|-\\p{Ll})";

  /// The end of a statement, or the start of its reason.
  private static final String END =
      "(?="
          + CLOSE
          + "(?:$|[.,;:!?。、，；：！？)\\]\\n(—–\\-/&+]|\\s?(?:because|since|as|and|or|but|given|due|which|with|for|from|based|according|option|is|was|would|in|over|than|oder|und|ou|et|o|y)\\b))";

  /// The article in "The answer is A dog" is no option, but "C" in "The answer is C Major" is.
  private static final String NOT_ARTICLE = "(?:(?<![AI])|" + END + ")";

  private static final String NOUNS =
      "option|choice|letter|antwort|réponse|respuesta|opción|resposta|opção|alternativa|letra|risposta|opzione|lettera"
          + "|вариант|ответ|الخيار|विकल्प|đáp\\s+án|phương\\s+án|选项|選項|選択肢|선택지|보기|옵션";

  private static final String NOUN =
      "(?:(?iu:the\\s+|la\\s+|die\\s+|l['’])?(?iu:" + NOUNS + "|answer|number)\\s*)?";

  private static final String VERDICT =
      "(?:also\\s+|clearly\\s+|therefore\\s+|thus\\s+|indeed\\s+|definitely\\s+|probably\\s+)?(?:the\\s+|my\\s+|our\\s+)?(?:only\\s+|most\\s+(?:likely\\s+|accurate\\s+|appropriate\\s+)?|best\\s+|final\\s+|remaining\\s+)*"
          + "(?:correct|right|answer|true|accurate|appropriate|best|better|choice|option|candidate|match(?:es)?)\\b";

  /// Statements with the letter as group 1.
  private static final List<Pattern> STATEMENTS =
      List.of(
          // The answer is B, 答案是B
          Pattern.compile(
              "(?iu:" + AnswerLeads.ANYWHERE + ")" + OPEN + NOUN + OPEN + LETTER + NOT_ARTICLE),
          // The answer is b.
          Pattern.compile(
              "(?iu:"
                  + AnswerLeads.ANYWHERE
                  + ")"
                  + OPEN
                  + NOUN
                  + OPEN
                  + ANY_LETTER
                  + "(?="
                  + CLOSE
                  + "(?:$|[.,;:!?。\\n]))"),
          // my answer B
          Pattern.compile("(?i:\\banswer\\s+)" + OPEN + LETTER + END),
          // B is correct
          Pattern.compile(
              LETTER
                  + CLOSE
                  + "(?i:[.:]?\\s*(?:option\\s+)?(?:is|are|seems|appears|looks|must\\s+be|should\\s+be)\\s+(?:to\\s+be\\s+)?"
                  + VERDICT
                  + ")"),
          Pattern.compile(
              LETTER
                  + CLOSE
                  + "(?:选项|選項|项|項|番)?\\s*(?:是|为|為|が|は|이|가|은|는)?\\s*(?:最)?(?:正确|正確|对的|對的|正解|正しい|정답|맞습니다|답입니다|答案)"),
          Pattern.compile(
              LETTER + CLOSE + "(?:です|になります|となります|を選|입니다|(?:를|을)\\s*(?:선택|고)|(?:라고|이라고)\\s*생각)"),
          Pattern.compile(
              LETTER
                  + CLOSE
                  + "(?iu:(?:ist|wäre|est|es|é|è|está)\\s+(?:la\\s+|die\\s+|a\\s+)?(?:richtig|korrekt|bonne|correct|exact|respuesta|corret|cert|resposta|corrett|giust|risposta)|(?:является\\s+)?(?:правильн|верн)|richtig|सही|đúng|هو\\s+الصحيح)"),
          // I choose B
          Pattern.compile(
              "(?iu:(?<!\\p{L})(?:choose|chose|choosing|pick|picked|select|selected|selecting|leaving|(?:go|going|went|stick)\\s+with|opt\\s+for|vote\\s+for|settle\\s+on|lean\\s+towards?|say|guess|meant|leaves|wähl\\p{L}*|choisi\\p{L}*|elij\\p{L}+|eleg\\p{L}+|escolh\\p{L}+|scel\\p{L}+|scegl\\p{L}+|выбираю|выбрал|chọn|أختار))(?:\\s+(?:la|die|el|l['’]))?"
                  + OPEN
                  + NOUN
                  + OPEN
                  + LETTER
                  + END),
          // I think it is B, it must be B, c'est B
          Pattern.compile(
              "(?iu:(?<!\\p{L})(?:(?:it|this|that)(?:\\s+(?:is|must\\s+be|should\\s+be|has\\s+to\\s+be|could\\s+only\\s+be)|['’]s)(?:\\s+(?:likely|probably|clearly|definitely|most\\s+likely))?|c['’]est|es\\s+ist|ist|es|è|é|sia|это)\\s+(?:la\\s+|a\\s+|die\\s+)?)"
                  + OPEN
                  + NOUN
                  + OPEN
                  + LETTER
                  + END),
          // Therefore, B
          Pattern.compile(
              "(?:^|[.;!?\\n,]\\s{0,3})(?i:so|therefore|thus|hence|consequently|in\\s+conclusion|conclusion|correct|remaining|final(?:ly)?|daher|also|donc|por\\s+(?:lo\\s+)?tanto|portanto|quindi|dunque)(?:\\s+(?i:it\\s+is|it['’]s|we\\s+have|we\\s+get))?[,:]?\\s*"
                  + OPEN
                  + NOUN
                  + OPEN
                  + LETTER
                  + END),
          Pattern.compile(
              "(?:因此|所以|故(?:本题选)?|综上|よって|ゆえに|따라서|したがって|→|⇒|∴)[,，、:：]?\\s*"
                  + OPEN
                  + NOUN
                  + OPEN
                  + LETTER),
          // Probably B; B because the bar is taller; Verdict: B
          Pattern.compile(
              "^(?i:(?:yes|definitely|obviously|maybe|likely|most\\s+likely|probably|surely|certainly|clearly)[,:]?\\s+)"
                  + OPEN
                  + LETTER
                  + END),
          Pattern.compile(
              "^"
                  + OPEN
                  + LETTER
                  + CLOSE
                  + "(?i:because|since|probably|likely|definitely|instead|i\\s+think)\\b"),
          Pattern.compile("(?:^|\\n)[^\\n:：]{1,40}[:：]" + OPEN + LETTER + CLOSE + "[.。]?\\s*$"),
          // not A but B
          Pattern.compile(
              "(?iu:(?<!\\p{L})(?:not|nicht|pas|no)\\s[^.;!?\\n]{0,40}?(?:but(?:\\s+rather)?|rather|sondern|mais|sino)\\s+|不是[^.;!?。\\n]{0,20}?而是\\s*)"
                  + OPEN
                  + NOUN
                  + OPEN
                  + LETTER
                  + END),
          // 我认为是B, B번
          Pattern.compile("我(?:认为|觉得|猜)(?:答案)?(?:应该|应)?[是选为]\\s*" + OPEN + NOUN + OPEN + LETTER),
          Pattern.compile(LETTER + "\\s?번(?:입니다|이다)?[.。]?\\s*$"),
          // Either B or D
          Pattern.compile("(?i:\\b(?:either|both)\\s+)" + OPEN + NOUN + OPEN + LETTER));

  /// `B: correct`, `D: Yes`, also in a list of the options.
  private static final Pattern JUDGED =
      Pattern.compile(
          "(?:^|\\n|[.;]\\s)[\\s*_(-]*"
              + LETTER
              + "[^\\n.;?]{0,60}[:–—-]\\s*(?i:correct|true|yes|right|✓|✔|✅)(?!\\p{L})");

  /// A letter after words that take something back; it contradicts the letters before.
  private static final Pattern CORRECTION =
      Pattern.compile(
          "(?:(?i:\\b(?:wait|actually|correction|sorry|on\\s+second\\s+thought|hold\\s+on)\\b)|\\.\\.\\.\\s*(?i:no)\\b)[^\\n]{0,60}?"
              + LETTER
              + END);

  /// LaTeX's upright letter.
  private static final Pattern UPRIGHT =
      Pattern.compile("\\\\text\\{\\s*\\(?([A-Za-z])\\)?\\s*\\}");

  private static final Pattern BOLD =
      Pattern.compile("\\*\\*\\s*\\(?([A-Z])\\)?\\s*(?:[).:][^*]*)?\\*\\*");

  /// A mention at the end of the reply, with the rest as group 2.
  private static final Pattern MENTION =
      Pattern.compile("(?iu:(?<!\\p{L})(?:" + NOUNS + "))" + OPEN + ANY_LETTER + "(?=([^\\n]*)$)");

  private static final String BESIDE =
      "(?:(?<=[\\s)\\]}*_\"'”’])(?iu:or|and|and/or|oder|und|ou|et|o|y|e|и|или)(?=[\\s(\\[{*_\"'“‘])|[/,&+;、，或和与と]|或者|又は|または|또는|hoặc)";

  /// Another letter that a statement names after the first, or before it.
  private static final Pattern AFTER =
      Pattern.compile(
          "\\G[\\s*_`$\"'”’)\\]}.]{0,4}"
              + "(?:"
              + BESIDE
              + "|(?<=[)\\]])(?=[(\\[]))\\s*(?iu:(?:maybe|perhaps|possibly|also|either)\\s+)?"
              + OPEN
              + NOUN
              + OPEN
              + LETTER
              + "(?!\\s+(?i:is|are|was)\\b|[\\p{IsLatin}])");

  private static final Pattern BEFORE =
      Pattern.compile(
          LETTER + "[\\s*_`$\"'”’)\\]}]{0,4}" + BESIDE + "\\s*" + OPEN + NOUN + OPEN + "$");

  private static final Pattern DENIAL_BEFORE =
      Pattern.compile(
          "(?iu:(?<!\\p{L})(?:not|never|neither|nor|none|cannot|doubt|eliminat\\p{L}+|exclud\\p{L}+|rul\\p{L}+\\s+out|except|unlike|rather\\s+than|instead\\s+of|might|some\\s+people|wrong|incorrect|first\\s+guess|tempting|at\\s+first|consider|start\\s+with|is\\s+the|than|over|nicht|kein\\p{L}*|pas|no\\s+es|não|non|не)(?!\\p{L})|n['’]t(?!\\p{L})|不是|不应选|不選|不选|并非|排除)"
              + "(?:(?!(?iu:\\bbut\\b|\\brather\\b|\\bso\\b|\\btherefore\\b))[^.,;:!?。，；\\n])*$");

  /// What names a letter as the wrong one, with a colon or a verb between.
  private static final Pattern WRONG_BEFORE =
      Pattern.compile(
          "(?iu:(?<!\\p{L})(?:wrong|incorrect|false|distractor|worst|least\\s+(?:likely|correct|appropriate|accurate)|rule(?:d)?\\s+out|eliminated?|excluded?|not)(?!\\p{L}))(?:(?!\\bbut\\b|\\brather\\b)[^.,;!?。\\n]){0,40}$");

  private static final Pattern DENIAL_AFTER =
      Pattern.compile(
          "\\G"
              + CLOSE
              + "[.:–—-]{0,2}(?iu:\\s*\\((?:incorrect|wrong|false|not)|\\s*(?:is|are|was|can|could|does|must|may|ist|est|es)\\s*(?:not|n['’]t|also\\s+not|be\\s+(?:ruled|eliminated|excluded)|clearly\\s+wrong|wrong|false|incorrect|ruled|eliminated|excluded|nicht|falsch|incorrecta?|pas\\b)|\\s*(?:isn|can|doesn)['’]t|\\s*(?:cannot|wrong|incorrect|false|no(?=[\\s.]*$)|不正确|不正確|错误|錯誤|不对|是错|是不|は誤り|は間違い|では(?:な|あ)|(?:은|는)?\\s*틀|(?:이|가|은|는)?\\s*(?:정답이\\s*)?아[니닙]|नहीं)|\\s*would\\s+be\\s+(?:correct|right|true)\\s+if|\\s*\\?)");

  private static final Pattern ALONE =
      Pattern.compile("^" + DECORATION + "([A-Za-z])" + DECORATION + "$");

  /// A line that begins with a letter: `B`, `B) text`, `B. text`, `b) text`, `B - text`.
  private static final Pattern LABEL =
      Pattern.compile(
          "^[\\s*_`$\"'“‘„(\\[{<#>«「『【〔•-]*([A-Za-z])[\\s*_`\"'”’“]*([).:\\]}〕】,、，：。]|[-–—]+(?=\\s))[\\s*_`)\\]}$\"'”’]*(.*)$");

  private static final Pattern OTHER_LABEL =
      Pattern.compile("(?<![\\p{IsLatin}\\p{N}])([A-Z])[).:](?=\\s|$)");

  /// A letter and something after it, which must be the option's text.
  private static final Pattern WITH_TEXT =
      Pattern.compile("^[^\\p{L}\\p{N}]*([A-Za-z])([^\\p{L}\\p{N}].*)$", Pattern.DOTALL);

  private static final Pattern AFTER_LETTER =
      Pattern.compile("^(?:[\\s).:\\]}*_`\"'”’»,;–—]|-(?=\\s))+");

  private static final Pattern SIGNED =
      Pattern.compile("[^\\p{L}\\p{N}$\\\\]*[-−+<>~≤≥±=]\\s?[$]?[.\\p{N}]");

  /// A statement with words as group 1, to the end of their sentence.
  private static final Pattern NAMED =
      Pattern.compile(
          "(?iu:"
              + AnswerLeads.ANYWHERE
              + ")[\\s*_`\"'“‘:：]{0,6}(\\S[^\\n.;!?。]{1,120}?)(?=[\\s*_`\"'”’]{0,4}(?:$|[\\n.;!?。]|,?\\s(?:because|since)\\b))");

  private static final Pattern TEXT_THEN_LETTER =
      Pattern.compile("^(.*?)\\s*[(\\[]\\s*(?i:option\\s+)?([A-Z])[)\\]][.\\s]*$");
  private static final Pattern INITIALS = Pattern.compile("^[A-Z](?:\\.|\\s*$).*");
  private static final Pattern JOINED = Pattern.compile("^(?iu:and|or|und|oder|et|ou|y|o)\\b.*");

  private static final Pattern UNWRITTEN = Pattern.compile("[\\u200b-\\u200f\\u2060\\ufeff]");
  private static final Pattern NOT_APPLICABLE = Pattern.compile("\\bN/A\\b");
  private static final String LOOK_ALIKES = "\u0410\u0412\u0421\u0623\u0628\u062c\u062f";
  private static final String LOOK_LIKE = "ABCABCD";
  private static final Pattern LOOK_ALIKE =
      Pattern.compile("(?<!\\p{L})[" + LOOK_ALIKES + "](?!\\p{L})");

  private ChoiceLetters() {}

  /// What a reply says with letters.
  ///
  /// @param letter the letter, or nothing
  /// @param contradicts whether it names several
  record Reading(Parsed letter, boolean contradicts) {}

  /// @param reply without thoughts
  static Reading in(String reply, List<String> choices) {
    String text = OptionTexts.withoutRepeated(plain(reply), choices);
    Matcher alone = ALONE.matcher(text);
    if (text.length() <= MAX_LONE_CHARS && alone.matches()) {
      Letters letters = new Letters(choices.size());
      letters.add(alone.group(1));
      return letters.only(); // most replies are no more than this
    }
    List<String> sealed = Wrappers.sealed(text);
    if (sealed.isEmpty() && Wrappers.isJson(text)) {
      return new Reading(
          new Parsed.Nothing(),
          false); // an object without an answer, such as a score for each letter
    }
    Letters letters = new Letters(choices.size());
    sealed.forEach(content -> letters.addAll(statements(content, choices)));
    boolean isSealed = letters.any();
    letters.addAll(isSealed ? said(text, choices) : statements(text, choices));
    if (isSealed) {
      return letters.only();
    }
    Letters bold = mentions(BOLD, text, choices);
    if (letters.any()) {
      if (bold.isOne()) {
        letters.addAll(bold);
      }
      return letters.only();
    }
    bold.addAll(mentions(MENTION, text, choices));
    return bold.only();
  }

  /// Letters of full width, of look-alike scripts and of Arabic options become A, B, C, D.
  private static String plain(String reply) {
    String text = Wrappers.cleaned(reply);
    if (!text.chars().allMatch(c -> c < 128)) {
      text = UNWRITTEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
      text =
          LOOK_ALIKE
              .matcher(text)
              .replaceAll(
                  found -> String.valueOf(LOOK_LIKE.charAt(LOOK_ALIKES.indexOf(found.group()))));
    }
    text = NOT_APPLICABLE.matcher(text).replaceAll("none");
    return Wrappers.withoutFence(text.strip()).strip();
  }

  /// What the reply says with "The answer is"; beside a tag, other words may only be thoughts.
  private static Letters said(String text, List<String> choices) {
    Letters letters = new Letters(choices.size());
    addAll(letters, STATEMENTS.getFirst(), text, choices);
    return letters;
  }

  private static Letters statements(String text, List<String> choices) {
    Letters letters = new Letters(choices.size());
    for (String box : Wrappers.boxes(text)) {
      letters.addAll(label(Wrappers.withoutFonts(box).strip(), choices));
    }
    UPRIGHT.matcher(text).results().forEach(found -> letters.add(found.group(1)));
    String plain = Wrappers.withoutFonts(text.replace("\\(", "").replace("\\)", ""));
    List<String> lines = new ArrayList<>(List.of(plain.strip().split("\\n\\s*", -1)));
    boolean list = isList(lines, choices.size());
    if (!list) {
      letters.addAll(label(lines.getFirst(), choices));
      Matcher last = ALONE.matcher(lines.getLast());
      if (lines.size() > 1 && last.matches() && Character.isUpperCase(last.group(1).charAt(0))) {
        letters.add(last.group(1));
      }
    }
    String body = list ? withoutList(lines) : plain;
    for (Pattern statement : STATEMENTS) {
      addAll(letters, statement, body, choices);
    }
    addNamed(letters, body, choices);
    addAll(letters, JUDGED, plain, choices);
    if (letters.any()) {
      addAll(letters, CORRECTION, plain, choices);
    }
    return letters;
  }

  private static void addAll(
      Letters letters, Pattern statement, String text, List<String> choices) {
    Matcher found = statement.matcher(text);
    while (found.find()) {
      add(letters, text, found, choices);
    }
  }

  /// The options whose texts the reply states: "The answer is Mali."
  private static void addNamed(Letters letters, String text, List<String> choices) {
    Matcher statement = NAMED.matcher(text);
    while (statement.find()) {
      int option = OptionTexts.indexOf(statement.group(1), choices);
      String before =
          text.substring(Math.max(0, statement.start() - DENIAL_CHARS), statement.start());
      if (option >= 0 && !DENIAL_BEFORE.matcher(before).find()) {
        letters.add(letter(option));
      }
    }
  }

  /// Whether lines begin with different letters: a list of the options, which chooses none.
  private static boolean isList(List<String> lines, int count) {
    Letters labels = new Letters(count);
    for (String line : lines) {
      if (isLabelled(line)) {
        labels.add(line.replaceFirst("^[^A-Z]*", "").substring(0, 1));
      }
    }
    return labels.any() && !labels.isOne();
  }

  private static boolean isLabelled(String line) {
    Matcher label = LABEL.matcher(line);
    return label.matches() && Character.isUpperCase(label.group(1).charAt(0));
  }

  private static String withoutList(List<String> lines) {
    return String.join("\n", lines.stream().map(line -> isLabelled(line) ? "" : line).toList());
  }

  private static Letters mentions(Pattern mention, String text, List<String> choices) {
    Letters letters = new Letters(choices.size());
    Matcher found = mention.matcher(text);
    while (found.find()) {
      boolean ends = true;
      if (found.groupCount() > 1) {
        String rest = found.group(2).replaceFirst("^[\\s*_`$\"'”’.):\\]」』】–—-]+", "");
        int letter = Character.toUpperCase(found.group(1).charAt(0)) - 'A';
        ends =
            rest.isBlank()
                || OptionTexts.indexOf(rest, choices) == letter
                || AFTER.matcher(text).region(found.end(1), text.length()).lookingAt();
      }
      if (ends) {
        add(letters, text, found, choices);
      }
    }
    return letters;
  }

  /// Adds the letter unless the text denies it, with a letter beside it, and with the option whose
  /// text follows it.
  private static void add(Letters letters, String text, Matcher found, List<String> choices) {
    String before = text.substring(Math.max(0, found.start(1) - DENIAL_CHARS), found.start(1));
    Matcher after = DENIAL_AFTER.matcher(text).region(found.end(1), text.length());
    if (DENIAL_BEFORE.matcher(before).find()
        || WRONG_BEFORE.matcher(before).find()
        || after.lookingAt()) {
      return;
    }
    letters.add(found.group(1));
    Matcher earlier = BEFORE.matcher(before);
    if (earlier.find()) {
      letters.add(earlier.group(1));
    }
    Matcher second = AFTER.matcher(text).region(found.end(1), text.length());
    while (second.lookingAt()) {
      letters.add(second.group(1));
      second.region(second.end(1), text.length());
    }
    int end = text.indexOf('\n', found.end(1));
    int option = named(text.substring(found.end(1), end < 0 ? text.length() : end), choices);
    if (option >= 0) {
      letters.add(letter(option));
    }
  }

  /// Index of the option that follows a letter, or -1. A sign before a number is part of it.
  private static int named(String rest, List<String> choices) {
    int option = OptionTexts.indexOf(AFTER_LETTER.matcher(rest).replaceFirst(""), choices);
    return option >= 0 || SIGNED.matcher(rest).lookingAt()
        ? option
        : OptionTexts.indexOf(rest.replaceFirst("^[^\\p{L}\\p{N}$\\\\]+", ""), choices);
  }

  /// The letter of a line that is a letter, or a letter and its option or a reason.
  private static Letters label(String line, List<String> choices) {
    Letters letters = new Letters(choices.size());
    Matcher alone = ALONE.matcher(line);
    if (alone.matches()) {
      letters.add(alone.group(1));
      return letters;
    }
    Matcher text = WITH_TEXT.matcher(line);
    if (text.matches() && letters.has(text.group(1))) {
      int named = named(text.group(2), choices);
      if (named >= 0) {
        letters.add(text.group(1));
        letters.add(
            letter(named)); // more than one if the letter and the text contradict each other
        return letters;
      }
    }
    Matcher before = TEXT_THEN_LETTER.matcher(line);
    if (before.matches()) {
      int option = OptionTexts.indexOf(before.group(1), choices);
      if (option >= 0) {
        letters.add(before.group(2));
        letters.add(letter(option));
        return letters;
      }
    }
    Matcher label = LABEL.matcher(line);
    if (label.matches()) {
      String rest = label.group(3).strip();
      boolean small = Character.isLowerCase(label.group(1).charAt(0));
      boolean isReason =
          !(small && !")".equals(label.group(2)))
              && !INITIALS.matcher(rest).matches()
              && !JOINED.matcher(rest).matches()
              && !OTHER_LABEL.matcher(rest).find();
      Matcher second = ALONE.matcher(rest);
      if (second.matches()) {
        letters.add(second.group(1));
        letters.add(label.group(1));
      } else if (isReason) {
        add(letters, line, label, choices);
      }
    }
    return letters;
  }

  static String letter(int option) {
    return String.valueOf((char) ('A' + option));
  }

  /// A set of letters among those of the options.
  private static final class Letters {

    private final long options;
    private long found;

    Letters(int count) {
      options = (1L << Math.min(26, count)) - 1;
    }

    void add(String letter) {
      found |= 1L << Character.toUpperCase(letter.charAt(0)) - 'A' & options;
    }

    boolean has(String letter) {
      return (1L << Character.toUpperCase(letter.charAt(0)) - 'A' & options) != 0;
    }

    void addAll(Letters others) {
      found |= others.found;
    }

    boolean any() {
      return found != 0;
    }

    boolean isOne() {
      return Long.bitCount(found) == 1;
    }

    Reading only() {
      return isOne()
          ? new Reading(new Parsed.Answer(letter(Long.numberOfTrailingZeros(found))), false)
          : new Reading(new Parsed.Nothing(), any());
    }
  }
}
