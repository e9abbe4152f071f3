package dev.refract.harness.text;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a Python literal as `ast.literal_eval` of CPython 3.11 does, without evaluating code:
/// texts with their prefixes and escapes, bytes, numbers, lists, tuples, sets, dictionaries,
/// comments and line breaks inside brackets.
///
/// A set of several elements is refused unless they are single digits below 8, because Python
/// prints it in the order of a hash table, which for texts changes from process to process.
public final class PythonLiteral {

  /// CPython's tokenizer refuses more open brackets.
  private static final int MAX_DEPTH = 200;

  /// CPython refuses longer integers.
  private static final int MAX_INTEGER_DIGITS = 4300;

  private static final String DIGITS = "[0-9](?:_?[0-9])*";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<based>0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)"
              + "|(?<real>(?:D\\.(?:D)?|\\.D)(?:[eE][+-]?D)?|D[eE][+-]?D|D(?=[jJ]))(?<imaginary>[jJ])?"
                  .replace("D", DIGITS)
              + "|(?<whole>0(?:_?0)*|[1-9](?:_?[0-9])*)");
  private static final Pattern PREFIX =
      Pattern.compile("(?<prefix>[rR]|[uU]|[bB]|[bB][rR]|[rR][bB])?(?<quote>'''|\"\"\"|'|\")");
  private static final Pattern IDEOGRAPH = Pattern.compile("CJK UNIFIED IDEOGRAPH-([0-9A-F]{4,5})");

  /// Unicode's aliases of names in common use, with the names that Java knows. It knows no others.
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("NBSP", "NO-BREAK SPACE"),
          Map.entry("SP", "SPACE"),
          Map.entry("SHY", "SOFT HYPHEN"),
          Map.entry("ZWSP", "ZERO WIDTH SPACE"),
          Map.entry("ZWNJ", "ZERO WIDTH NON-JOINER"),
          Map.entry("ZWJ", "ZERO WIDTH JOINER"),
          Map.entry("LRM", "LEFT-TO-RIGHT MARK"),
          Map.entry("RLM", "RIGHT-TO-LEFT MARK"),
          Map.entry("BOM", "ZERO WIDTH NO-BREAK SPACE"),
          Map.entry("BYTE ORDER MARK", "ZERO WIDTH NO-BREAK SPACE"),
          Map.entry("NULL", "NULL"),
          Map.entry("TAB", "CHARACTER TABULATION"),
          Map.entry("HT", "CHARACTER TABULATION"),
          Map.entry("HORIZONTAL TABULATION", "CHARACTER TABULATION"),
          Map.entry("LF", "LINE FEED (LF)"),
          Map.entry("LINE FEED", "LINE FEED (LF)"),
          Map.entry("NEW LINE", "LINE FEED (LF)"),
          Map.entry("CR", "CARRIAGE RETURN (CR)"),
          Map.entry("CARRIAGE RETURN", "CARRIAGE RETURN (CR)"),
          Map.entry("NEL", "NEXT LINE (NEL)"),
          Map.entry("NEXT LINE", "NEXT LINE (NEL)"));

  private static final String HANGUL = "HANGUL SYLLABLE ";
  private static final int FIRST_HANGUL = 0xac00;
  private static final List<String> LEADING =
      List.of("G,GG,N,D,DD,R,M,B,BB,S,SS,,J,JJ,C,K,T,P,H".split(",", -1));
  private static final List<String> VOWELS =
      List.of("A,AE,YA,YAE,EO,E,YEO,YE,O,WA,WAE,OE,YO,U,WEO,WE,WI,YU,EU,YI,I".split(",", -1));
  private static final List<String> TRAILING =
      List.of(
          ",G,GG,GS,N,NJ,NH,D,L,LG,LM,LB,LS,LT,LP,LH,M,B,BS,S,SS,NG,J,C,K,T,P,H".split(",", -1));

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{N}\\p{M}_]*");

  /// A value whose `str` and `repr` differ only for texts.
  ///
  /// @param repr as Python's `repr`
  /// @param text the text itself, for texts; else the same as `repr`
  private record Value(Kind kind, String repr, String text, List<Value> elements) {

    static Value of(Kind kind, String repr) {
      return new Value(kind, repr, repr, List.of());
    }

    boolean isHashable() {
      return kind != Kind.LIST && kind != Kind.UNHASHABLE;
    }
  }

  private enum Kind {
    TEXT,
    BYTES,
    /// An integer or a float.
    REAL,
    IMAGINARY,
    LIST,
    /// A dictionary, a set, or a tuple with one of these or a list: no key and no element of a set.
    UNHASHABLE,
    OTHER
  }

  /// The text is no literal.
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused() {
      super("not a literal", null, false, false);
    }
  }

  private final String text;
  private int at;
  private int depth;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /// The elements of a list, each as Python's `str` prints it; empty when the text is not a list.
  public static Optional<List<String>> list(String text) {
    return value(text)
        .filter(value -> value.kind == Kind.LIST)
        .map(value -> value.elements.stream().map(Value::text).toList());
  }

  /// The value as Python's `str` prints it; empty when the text is no literal.
  public static Optional<String> str(String text) {
    return value(text).map(Value::text);
  }

  private static Optional<Value> value(String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    int from = 0;
    while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '\t')) {
      from++;
    }
    try {
      return Optional.of(
          new PythonLiteral(text.substring(from).replace("\r\n", "\n").replace('\r', '\n'))
              .whole());
    } catch (Refused _) {
      return Optional.empty();
    }
  }

  private Value whole() throws Refused {
    emptyLines();
    Value value = tuple();
    emptyLines();
    if (at < text.length()) {
      throw new Refused();
    }
    return value;
  }

  /// Skips blanks, comments and line breaks outside brackets. Blanks at the start of a line are an
  /// indentation, which Python refuses before the value and at the end of the text.
  private void emptyLines() throws Refused {
    boolean before = at == 0;
    boolean startsLine = before;
    boolean indented = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        comment();
        indented = false;
        continue;
      } else if (before && text.startsWith("\\\n", at)) {
        at += 2;
        continue;
      } else if (c == '\n' || c == '\f') {
        indented = false;
        startsLine |= c == '\n';
      } else if (c == ' ' || c == '\t') {
        indented = startsLine;
      } else {
        break;
      }
      at++;
    }
    if (indented && (before || at == text.length())) {
      throw new Refused();
    }
  }

  private void comment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  /// Skips what separates tokens; inside brackets also line breaks and comments.
  private void blanks() throws Refused {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && text.startsWith("\n", at + 1)) {
        at += 2;
        if (at == text.length()) {
          throw new Refused();
        }
      } else if (c == '#' && depth > 0) {
        comment();
      } else if (c == ' ' || c == '\t' || c == '\f' || (c == '\n' && depth > 0)) {
        at++;
      } else {
        return;
      }
    }
  }

  private boolean next(char c) throws Refused {
    blanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private boolean isNext(char c) throws Refused {
    blanks();
    return at < text.length() && text.charAt(at) == c;
  }

  /// One value, or several with commas and no brackets, which are a tuple.
  private Value tuple() throws Refused {
    Value first = sum();
    if (!next(',')) {
      return first;
    }
    List<Value> elements = new ArrayList<>(List.of(first));
    blanks();
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '#') {
      elements.add(sum());
      if (!next(',')) {
        break;
      }
      blanks();
    }
    return tuple(elements);
  }

  private static Value tuple(List<Value> elements) {
    String inner = String.join(", ", elements.stream().map(Value::repr).toList());
    boolean hashable = elements.stream().allMatch(Value::isHashable);
    return Value.of(
        hashable ? Kind.OTHER : Kind.UNHASHABLE,
        elements.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")");
  }

  /// A value, a number with a sign, or a complex number such as `1+2j`.
  private Value sum() throws Refused {
    Value left = signed();
    if (left.kind == Kind.REAL && (isNext('+') || isNext('-'))) {
      boolean plus = text.charAt(at) == '+';
      at++;
      Value right = primary();
      if (right.kind != Kind.IMAGINARY) {
        throw new Refused();
      }
      return complex(left.text, (plus ? "+" : "-") + right.text);
    }
    return left;
  }

  private static Value complex(String real, String imaginary) {
    String plain = PythonList.text(Double.parseDouble(javaFloat(real)));
    String shown = plain.endsWith(".0") ? plain.substring(0, plain.length() - 2) : plain;
    return shown.equals("0") && imaginary.startsWith("+")
        ? Value.of(Kind.OTHER, imaginary.substring(1))
        : Value.of(Kind.OTHER, "(" + shown + imaginary + ")");
  }

  private static String javaFloat(String python) {
    return python.replace("inf", "Infinity").replace("nan", "NaN");
  }

  private Value signed() throws Refused {
    blanks();
    boolean minus = isNext('-');
    if (!minus && !isNext('+')) {
      return primary();
    }
    at++;
    Value number = primary();
    if (number.kind == Kind.IMAGINARY) {
      return minus ? Value.of(Kind.OTHER, "(-0-" + number.text + ")") : number;
    } else if (number.kind != Kind.REAL || number.text.startsWith("-")) {
      throw new Refused();
    }
    return !minus || number.text.equals("0") ? number : Value.of(Kind.REAL, "-" + number.text);
  }

  private Value primary() throws Refused {
    blanks();
    if (at >= text.length()) {
      throw new Refused();
    }
    char c = text.charAt(at);
    Matcher string = PREFIX.matcher(text).region(at, text.length());
    if (string.lookingAt()) {
      return strings();
    }
    return switch (c) {
      case '[' -> {
        List<Value> elements = elements(']');
        String inner = String.join(", ", elements.stream().map(Value::repr).toList());
        yield new Value(Kind.LIST, "[" + inner + "]", "[" + inner + "]", elements);
      }
      case '(' -> parenthesised();
      case '{' -> braced();
      case '.' -> text.startsWith("...", at) ? ellipsis() : number();
      default -> c >= '0' && c <= '9' ? number() : name();
    };
  }

  private Value ellipsis() {
    at += 3;
    return Value.of(Kind.OTHER, "Ellipsis");
  }

  private void open() throws Refused {
    at++;
    depth++;
    if (depth > MAX_DEPTH) {
      throw new Refused();
    }
  }

  private List<Value> elements(char close) throws Refused {
    open();
    List<Value> elements = new ArrayList<>();
    while (!isNext(close)) {
      elements.add(sum());
      if (!next(',') && !isNext(close)) {
        throw new Refused();
      }
    }
    at++;
    depth--;
    return elements;
  }

  private Value parenthesised() throws Refused {
    open();
    List<Value> elements = new ArrayList<>();
    boolean comma = false;
    while (!isNext(')')) {
      elements.add(sum());
      boolean more = next(',');
      comma |= more;
      if (!more && !isNext(')')) {
        throw new Refused();
      }
    }
    at++;
    depth--;
    return elements.size() == 1 && !comma ? elements.getFirst() : tuple(elements);
  }

  private Value braced() throws Refused {
    open();
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    List<Value> elements = new ArrayList<>();
    while (!isNext('}')) {
      Value key = sum();
      if (!key.isHashable()) {
        throw new Refused();
      } else if (next(':')) {
        int known = keys.indexOf(key.repr);
        String value = sum().repr;
        if (known >= 0) {
          values.set(known, value);
        } else {
          keys.add(key.repr);
          values.add(value);
        }
      } else {
        elements.add(key);
      }
      if (!next(',') && !isNext('}')) {
        throw new Refused();
      }
    }
    at++;
    depth--;
    if (!elements.isEmpty()) {
      List<String> distinct = elements.stream().map(Value::repr).distinct().sorted().toList();
      boolean ordered = distinct.size() <= 4 && distinct.stream().allMatch(e -> e.matches("[0-7]"));
      if (!keys.isEmpty() || distinct.size() > 1 && !ordered) {
        throw new Refused();
      }
      return Value.of(Kind.UNHASHABLE, "{" + String.join(", ", distinct) + "}");
    }
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      pairs.add(keys.get(i) + ": " + values.get(i));
    }
    return Value.of(Kind.UNHASHABLE, "{" + String.join(", ", pairs) + "}");
  }

  private Value name() throws Refused {
    Matcher name = NAME.matcher(text).region(at, text.length());
    if (!name.lookingAt()) {
      throw new Refused();
    }
    at = name.end();
    return switch (name.group()) {
      case "True", "False", "None" -> Value.of(Kind.OTHER, name.group());
      case "set" -> {
        if (!next('(') || !next(')')) {
          throw new Refused();
        }
        yield Value.of(Kind.UNHASHABLE, "set()");
      }
      default -> throw new Refused();
    };
  }

  private Value number() throws Refused {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw new Refused();
    }
    at = number.end();
    if (at < text.length() && isNamePart(text.codePointAt(at))) {
      throw new Refused();
    }
    String plain = number.group().replace("_", "");
    if (number.group("based") != null) {
      int radix =
          switch (plain.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
          };
      return Value.of(Kind.REAL, new BigInteger(plain.substring(2), radix).toString());
    } else if (number.group("whole") != null) {
      if (plain.length() > MAX_INTEGER_DIGITS) {
        throw new Refused();
      }
      return Value.of(Kind.REAL, new BigInteger(plain).toString());
    }
    boolean imaginary = number.group("imaginary") != null;
    double value = Double.parseDouble(imaginary ? plain.substring(0, plain.length() - 1) : plain);
    String shown = PythonList.text(value);
    return imaginary
        ? Value.of(
            Kind.IMAGINARY,
            (shown.endsWith(".0") ? shown.substring(0, shown.length() - 2) : shown) + "j")
        : Value.of(Kind.REAL, shown);
  }

  private static boolean isNamePart(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /// Texts that stand beside each other are one.
  private Value strings() throws Refused {
    StringBuilder whole = new StringBuilder();
    Boolean bytes = null;
    Matcher start = PREFIX.matcher(text).region(at, text.length());
    while (start.lookingAt()) {
      String prefix = start.group("prefix") == null ? "" : start.group("prefix");
      boolean ofBytes = prefix.toLowerCase(Locale.ROOT).contains("b");
      boolean raw = prefix.toLowerCase(Locale.ROOT).contains("r");
      if (bytes != null && bytes != ofBytes) {
        throw new Refused();
      }
      bytes = ofBytes;
      at = start.end();
      quoted(start.group("quote"), raw, ofBytes, whole);
      blanks();
      start = PREFIX.matcher(text).region(at, text.length());
    }
    return Boolean.TRUE.equals(bytes)
        ? Value.of(Kind.BYTES, bytesRepr(whole.toString()))
        : new Value(Kind.TEXT, PythonList.repr(whole.toString()), whole.toString(), List.of());
  }

  private void quoted(String quote, boolean raw, boolean ofBytes, StringBuilder value)
      throws Refused {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith(quote, at)) {
        at += quote.length();
        return;
      } else if (c == '\n' && quote.length() == 1 || ofBytes && c > 127) {
        throw new Refused();
      } else if (c == '\\' && at + 1 < text.length()) {
        if (raw) {
          if (ofBytes && text.charAt(at + 1) > 127) {
            throw new Refused();
          }
          value.append(c).append(text.charAt(at + 1));
          at += 2;
        } else {
          at++;
          escape(value, ofBytes);
        }
      } else {
        value.append(c);
        at++;
      }
    }
    throw new Refused();
  }

  private void escape(StringBuilder value, boolean ofBytes) throws Refused {
    char c = text.charAt(at++);
    switch (c) {
      case '\n' -> {}
      case '\\', '\'', '"' -> value.append(c);
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(value, ofBytes);
      case 'x' -> value.appendCodePoint(hex(2));
      default -> {
        if (ofBytes || "uUN".indexOf(c) < 0) {
          value.append('\\').append(c);
        } else {
          value.appendCodePoint(c == 'N' ? named() : hex(c == 'u' ? 4 : 8));
        }
      }
    }
  }

  private void octal(StringBuilder value, boolean ofBytes) {
    int from = at - 1;
    while (at < text.length()
        && at < from + 3
        && text.charAt(at) >= '0'
        && text.charAt(at) <= '7') {
      at++;
    }
    int code = Integer.parseInt(text.substring(from, at), 8);
    value.append((char) (ofBytes ? code & 0xff : code));
  }

  private int hex(int digits) throws Refused {
    int end = at + digits;
    if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) {
      throw new Refused();
    }
    long point = Long.parseLong(text.substring(at, end), 16);
    if (point > Character.MAX_CODE_POINT) {
      throw new Refused();
    }
    at = end;
    return (int) point;
  }

  private int named() throws Refused {
    int close = text.indexOf('}', at);
    if (!text.startsWith("{", at) || close < 0) {
      throw new Refused();
    }
    String name = text.substring(at + 1, close);
    Matcher ideograph = IDEOGRAPH.matcher(name);
    if (!name.equals(name.trim())) {
      throw new Refused();
    }
    try {
      String upper = name.toUpperCase(Locale.ROOT);
      int point =
          ideograph.matches()
              ? Integer.parseInt(ideograph.group(1), 16)
              : name.startsWith(HANGUL)
                  ? hangul(name.substring(HANGUL.length()))
                  : Character.codePointOf(ALIASES.getOrDefault(upper, upper));
      if (ideograph.matches() && !Character.isIdeographic(point)) {
        throw new Refused();
      }
      at = close + 1;
      return point;
    } catch (IllegalArgumentException _) {
      throw new Refused();
    }
  }

  /// The syllable with this name, which is made of the names of its letters.
  private static int hangul(String name) throws Refused {
    for (int syllable = 0;
        syllable < LEADING.size() * VOWELS.size() * TRAILING.size();
        syllable++) {
      int trailing = syllable % TRAILING.size();
      int vowel = syllable / TRAILING.size() % VOWELS.size();
      int leading = syllable / TRAILING.size() / VOWELS.size();
      if (name.equals(LEADING.get(leading) + VOWELS.get(vowel) + TRAILING.get(trailing))) {
        return FIRST_HANGUL + syllable;
      }
    }
    throw new Refused();
  }

  private static String bytesRepr(String bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes.chars().forEach(out::write);
    char quote = bytes.indexOf('\'') >= 0 && bytes.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder repr = new StringBuilder("b").append(quote);
    for (byte b : out.toByteArray()) {
      int c = b & 0xff;
      switch (c) {
        case '\\' -> repr.append("\\\\");
        case '\n' -> repr.append("\\n");
        case '\r' -> repr.append("\\r");
        case '\t' -> repr.append("\\t");
        default -> {
          if (c < 32 || c > 126) {
            repr.append("\\x%02x".formatted(c));
          } else {
            repr.append(c == quote ? "\\" : "").append((char) c);
          }
        }
      }
    }
    return repr.append(quote).toString();
  }
}
